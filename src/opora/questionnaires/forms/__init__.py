"""What comes from pages and files of forms: workbooks, posts, uploaded answers."""
