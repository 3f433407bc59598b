"""One file, one subject: each turns a Source into the draft of something the product keeps."""
