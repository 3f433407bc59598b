/* What is typed into visit sheets, kept in this browser until the server has it: one record for one open page. */
"use strict";

window.OporaStore = (() => {
  const NAME = "opora-sheets";
  let base;

  function opened() {
    base ??= new Promise((done, fail) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(NAME, { keyPath: "id" });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
    return base;
  }

  async function ask(mode, deed) {
    const store = (await opened()).transaction(NAME, mode).objectStore(NAME);
    return new Promise((done, fail) => {
      const asked = deed(store);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });
  }

  const put = (record) => ask("readwrite", (store) => store.put(structuredClone(record)));
  const drop = (id) => ask("readwrite", (store) => store.delete(id));
  const find = (id) => ask("readonly", (store) => store.get(id));

  /* The records of a person; the clean ones of other people are forgotten, their unsent words are not. */
  async function ofPerson(person) {
    const all = await ask("readonly", (store) => store.getAll());
    await Promise.all(all.filter((one) => one.person !== person && !one.dirty).map((one) => drop(one.id)));
    return all.filter((one) => one.person === person);
  }

  /* Run `deed` with a record that no other page holds; nothing when another page has it open. */
  function alone(id, deed) {
    return navigator.locks.request(id, { ifAvailable: true }, (lock) => (lock ? deed() : null));
  }

  /* The record of a page for as long as the page lives: unsent words of a page that is gone, or a new one. */
  async function claim(address, person) {
    const here = (await ofPerson(person)).filter((one) => one.address === address);
    here.sort((a, b) => b.dirty - a.dirty || b.at - a.at);
    for (const one of here) {
      if (await hold(one.id)) return (await find(one.id)) || one;
    }
    const fresh = { id: `${address} ${crypto.randomUUID()}`, address, person, dirty: false, deed: "", at: 0 };
    await hold(fresh.id);
    return fresh;
  }

  function hold(id) {
    return new Promise((told) => {
      navigator.locks.request(id, { ifAvailable: true }, (lock) => {
        told(lock !== null);
        return lock ? new Promise(() => {}) : null;
      });
    });
  }

  return { put, drop, find, ofPerson, alone, claim };
})();
