/* The way of a file to the server: its hash, the question whether it is there already, the sending with progress. */
"use strict";

window.OporaUpload = (() => {
  /* The SHA-256 of a file as the server writes it; empty where the browser has none (no https). */
  async function hashOf(file) {
    if (!window.crypto?.subtle) return "";
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /* What the server knows of these files, by hash; nothing when the line is broken. */
  async function known(address, token, asked) {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token);
    for (const one of asked) {
      body.append("name", one.name);
      body.append("sha256", one.sha256);
    }
    try {
      const answer = await fetch(address, { method: "POST", body, credentials: "same-origin" });
      const told = answer.ok ? (await answer.json()).known : [];
      return new Map(told.map((one) => [one.sha256, one]));
    } catch {
      return new Map();
    }
  }

  /* Send one form; `told` hears the share that has gone. Kinds: told, broken (no line, try again), sign-in, refused. */
  function send(address, body, told) {
    return new Promise((done) => {
      const line = new XMLHttpRequest();
      line.open("POST", address);
      line.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
      line.onerror = () => done({ kind: "broken" });
      line.ontimeout = line.onerror;
      line.onload = () => {
        if (line.responseURL.includes("/login/")) return done({ kind: "sign-in" });
        if ([502, 503, 504].includes(line.status)) return done({ kind: "broken" });
        try {
          return done({ kind: "told", files: JSON.parse(line.responseText).files });
        } catch {
          return done({ kind: "refused" });
        }
      };
      line.send(body);
    });
  }

  return { hashOf, known, send };
})();
