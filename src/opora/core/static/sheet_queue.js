/* Sends what is typed, exactly once: each sending bears a key, and an unanswered one is repeated under the same key. */
"use strict";

window.OporaQueue = (() => {
  const store = window.OporaStore;
  const PATIENCE = 20000;

  /* Send one record; tells {kind: saved | conflict | refused | offline | sign-in | busy, told}. */
  async function send(record, token) {
    if (!record.sending) {
      const { version, values, deed } = record;
      record.sending = { key: crypto.randomUUID(), version, values, deed };
      await store.put(record);
    }
    let answer;
    try {
      answer = await post(record, token());
      if (answer.status === 403) answer = await post(record, await freshToken(record.address));
    } catch {
      return { kind: "offline" };
    }
    if (answer.redirected && new URL(answer.url).pathname.startsWith("/login/")) return { kind: "sign-in" };
    if (answer.status === 429 || answer.status >= 500) return { kind: "busy" };
    return heard(record, answer);
  }

  function post(record, token) {
    const { key, version, values, deed } = record.sending;
    const body = new URLSearchParams([...values, ["key", key], ["version", version], ["deed", deed || "draft"]]);
    return fetch(record.address, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token, "X-Opora-Sheet": "1" },
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  /* Signing in again changes the mark of the form: the page kept before knows only the old one. */
  async function freshToken(address) {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    return page.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  }

  /* A definite answer: the sending is over, whatever it was. */
  async function heard(record, answer) {
    const sent = record.sending;
    const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    const told = isOurs ? await answer.json() : {};
    delete record.sending;
    if (answer.ok && isOurs) {
      record.version = told.version;
      record.dirty = JSON.stringify(record.values) !== JSON.stringify(sent.values);
      if (record.deed === sent.deed) record.deed = "";
      await store.put(record);
      return { kind: "saved", told, deed: sent.deed };
    }
    record.deed = "";
    await store.put(record);
    return { kind: answer.status === 409 && told.html ? "conflict" : "refused", told };
  }

  /* Send the records that no open page holds: words typed in a page that was closed without a line. */
  async function sendRest(person, token) {
    for (const one of await store.ofPerson(person)) {
      if (!one.dirty) continue;
      await store.alone(one.id, async () => {
        const record = await store.find(one.id);
        const outcome = record && record.dirty ? await send(record, token) : null;
        if (outcome && outcome.kind === "saved" && !record.dirty) await store.drop(record.id);
      });
    }
  }

  return { send, sendRest };
})();
