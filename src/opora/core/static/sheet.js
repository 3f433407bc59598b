/* The visit sheet on a phone: saves itself on a pause, keeps a copy at every keystroke, goes on without a line. */
"use strict";

(() => {
  const form = document.querySelector("form[data-sheet]");
  if (!window.isSecureContext || !window.indexedDB || !navigator.locks) return;

  /* A page that is no sheet sends what a closed sheet has left in this browser. */
  const mark = document.querySelector("[data-unsent]");
  if (!form) {
    const anyToken = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
    const sendLeft = () => window.OporaQueue.sendRest(mark.dataset.unsent, anyToken);
    if (mark) sendLeft();
    if (mark) window.addEventListener("online", sendLeft);
    return;
  }

  const store = window.OporaStore;
  const queue = window.OporaQueue;
  const person = form.dataset.person;
  const address = location.pathname;
  const state = document.getElementById("sheet-state");
  const answerBox = document.getElementById("sheet-answer");
  const PAUSE = 1500;
  const REPEAT = 30000;
  const OWN = new Set(["csrfmiddlewaretoken", "key", "version", "deed"]);

  let record;
  let pause;
  let repeat;
  let isRunning = false;
  let writing = Promise.resolve();

  const token = () => form.elements.csrfmiddlewaretoken.value;
  const read = () => [...new FormData(form)].filter(([name]) => !OWN.has(name)).map(([n, v]) => [n, String(v)]);

  function say(words, look) {
    state.querySelector("span").textContent = words;
    state.className = `st ${look}`;
    state.querySelector("use").setAttribute("href", `${form.dataset.icons}#${look}`);
  }

  function clock() {
    return new Date().toLocaleTimeString("ru-RU", { hour: "2-digit", minute: "2-digit" });
  }

  /* Put kept values back; rows that the page does not have yet are added. */
  function fill(values) {
    const names = new Set(values.map(([name]) => name));
    for (const field of form.elements) {
      if (field.name && !OWN.has(field.name) && ["checkbox", "radio"].includes(field.type)) field.checked = false;
      else if (names.has(field.name) && field.type !== "file") field.value = "";
    }
    for (const [name, value] of values) {
      let field = form.elements[name];
      for (let times = 0; !field && times < 50 && addRowFor(name); times += 1) field = form.elements[name];
      if (!field) continue;
      if (field instanceof RadioNodeList || field.type === "radio") field.value = value;
      else if (field.type === "checkbox") field.checked = true;
      else field.value = value;
      if (field instanceof HTMLInputElement && field.type === "radio") field.checked = field.value === value;
    }
  }

  function addRowFor(name) {
    const rows = form.querySelector(`[data-rows="${CSS.escape(name.split("-")[0])}"]`);
    if (!rows) return false;
    addRow(rows);
    return true;
  }

  function addRow(rows) {
    const number = rows.querySelectorAll("[data-row]").length;
    const made = rows.querySelector("template").content.cloneNode(true);
    for (const part of made.querySelectorAll("[name], [id], [for], [aria-label]")) {
      for (const name of ["name", "id", "for", "aria-label"]) {
        const was = part.getAttribute(name);
        if (was) part.setAttribute(name, was.replaceAll("__row__", name === "aria-label" ? number + 1 : number));
      }
    }
    rows.querySelector("template").before(made);
    return rows.querySelectorAll("[data-row]")[number];
  }

  /* Every keystroke: into this browser at once, to the server on a pause. */
  function typed() {
    record.values = read();
    record.dirty = true;
    record.at = Date.now();
    writing = writing.then(() => store.put(record));
    say("Набираете: сохраняется в телефоне", "wait");
    clearTimeout(pause);
    pause = setTimeout(run, PAUSE);
    return writing;
  }

  async function run() {
    clearTimeout(pause);
    clearTimeout(repeat);
    if (isRunning || !record.dirty) return;
    isRunning = true;
    await writing;
    if (!navigator.onLine) {
      isRunning = false;
      offline();
      return;
    }
    say("Сохраняется", "wait");
    const outcome = await queue.send(record, token);
    isRunning = false;
    await { saved, conflict, refused, offline, "sign-in": signIn, busy }[outcome.kind](outcome);
  }

  async function saved({ told, deed }) {
    form.elements.version.value = record.version;
    form.elements.key.value = crypto.randomUUID();
    answerBox.replaceChildren();
    if (record.dirty) return run();
    say(`Сохранено ${told.at || clock()}`, "done");
    if (!deed || !told.address) return undefined;
    await store.drop(record.id);
    location.assign(told.address);
    return undefined;
  }

  function conflict({ told }) {
    say("Запись изменили: выберите, что оставить", "wait");
    answerBox.innerHTML = told.html;
    answerBox.querySelector("[data-keep=mine]").addEventListener("click", (event) => {
      event.preventDefault();
      record.version = told.version;
      typed().then(run);
    });
    answerBox.querySelector("[data-keep=theirs]").addEventListener("click", async (event) => {
      event.preventDefault();
      await store.drop(record.id);
      location.assign(address);
    });
    answerBox.firstElementChild.focus();
  }

  function refused({ told }) {
    say("Не отправлено, текст остаётся в телефоне", "late");
    const errors = document.createElement("div");
    errors.className = "errors";
    errors.tabIndex = -1;
    errors.setAttribute("role", "alert");
    const words = told.errors || ["Сервер не принял лист: возможно, посещение вам больше не поручено."];
    errors.append(...words.map((one) => Object.assign(document.createElement("p"), { textContent: one })));
    answerBox.replaceChildren(errors);
    errors.focus();
  }

  function offline() {
    say("Нет связи: сохранено в телефоне, отправим сами", "wait");
    repeat = setTimeout(run, REPEAT);
  }

  function signIn() {
    say("Сохранено в телефоне. Войдите, и мы отправим", "wait");
    const link = document.createElement("a");
    link.href = `/login/?next=${encodeURIComponent(address)}`;
    link.className = "btn";
    link.textContent = "Войти";
    answerBox.replaceChildren(link);
  }

  function busy() {
    say("Сервер занят: сохранено в телефоне, повторим", "wait");
    repeat = setTimeout(run, REPEAT);
  }

  function listen() {
    form.addEventListener("input", typed);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      record.deed = event.submitter?.value || "save";
      typed().then(run);
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest("[data-add]");
      if (!button) return;
      event.preventDefault();
      addRow(form.querySelector(`[data-rows="${button.dataset.add}"]`)).querySelector("input, select")?.focus();
    });
    window.addEventListener("online", run);
    document.addEventListener("visibilitychange", run);
  }

  /* What the page is drawn with, so that it opens without a line. */
  function parts() {
    const found = [...document.querySelectorAll("link[href], script[src], use[href]")];
    const addresses = found.map((one) => new URL(one.getAttribute("href") || one.getAttribute("src"), location.href));
    return [...new Set(addresses.map((url) => url.pathname + url.search))];
  }

  async function keepForLater() {
    if (!("serviceWorker" in navigator)) return;
    await navigator.serviceWorker.register("/offline.js");
    const worker = (await navigator.serviceWorker.ready).active;
    const line = new MessageChannel();
    line.port1.onmessage = () => (form.dataset.kept = "yes");
    worker.postMessage({ keep: address, parts: parts() }, [line.port2]);
  }

  async function start() {
    record = await store.claim(address, person);
    const shown = Number(form.elements.version.value);
    // The page that opens without a line is older than what was saved from it.
    const isAhead = record.dirty || (record.values && record.version > shown);
    if (isAhead) fill(record.values);
    else record.version = shown;
    listen();
    form.dataset.ready = "yes";
    if (record.dirty) await run();
    if (!navigator.onLine) return;
    await queue.sendRest(person, token);
    await keepForLater().catch(() => {});
  }

  start();
})();
