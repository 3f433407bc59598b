/* The service worker: a visit sheet that was opened before opens without a line too. Nothing else is kept. */
"use strict";

const KEPT = "opora-sheets";
const MOST_SHEETS = 5;
const PATIENCE = 8000;
const SHEET = /^\/visits\/\d+\/sheet\/$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data && event.data.keep) {
    event.waitUntil(keep(event.data.keep, event.data.parts, event.ports[0]));
  }
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === "/logout/") {
    event.waitUntil(caches.delete(KEPT));
  } else if (request.method === "GET" && request.mode === "navigate" && SHEET.test(url.pathname)) {
    event.respondWith(sheetOf(request, url.pathname));
  } else if (request.method === "GET" && url.pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(() => keptAt(url.pathname + url.search)));
  }
});

/* Put the page just opened and what it is drawn with into the store; the oldest sheets go. */
async function keep(address, parts, port) {
  if (!SHEET.test(address)) return;
  const page = await fetch(address, { credentials: "same-origin" });
  if (!page.ok || page.redirected) return;
  const store = await caches.open(KEPT);
  await store.delete(address);
  await store.put(address, page);
  await Promise.all(parts.filter(isOurs).map((part) => keepPart(store, part)));
  const sheets = (await store.keys()).filter((request) => SHEET.test(new URL(request.url).pathname));
  await Promise.all(sheets.slice(0, -MOST_SHEETS).map((request) => store.delete(request)));
  if (port) port.postMessage("kept");
}

function isOurs(part) {
  return part.startsWith("/static/");
}

async function keepPart(store, part) {
  if (await store.match(part)) return;
  const old = (await store.keys(part, { ignoreSearch: true })).map((request) => store.delete(request));
  await Promise.all([store.add(part), ...old]);
}

/* The line first; what is kept when the line is lost or silent. What is no longer this person's is forgotten. */
async function sheetOf(request, address) {
  const kept = await keptAt(address);
  try {
    const answer = await (kept ? Promise.race([fetch(request), silence()]) : fetch(request));
    if (answer.status === 403 || answer.status === 404) await (await caches.open(KEPT)).delete(address);
    return answer.status >= 502 && kept.ok ? kept : answer;
  } catch {
    return kept;
  }
}

async function keptAt(address) {
  const store = await caches.open(KEPT);
  return (await store.match(address)) || Response.error();
}

function silence() {
  return new Promise((_, lost) => setTimeout(() => lost(new Error("silence")), PATIENCE));
}
