// The table of risks by keyboard: arrows walk, Enter opens a cell, letters grade it, a rectangle is pasted.
// Without this file every cell is a link to the page of its school with a plain form.

const MOST_CELLS = 20000;
const LEVELS = { н: "low", y: "low", с: "middle", c: "middle", в: "high", d: "high" };
const table = document.getElementById("risks");
const bar = document.getElementById("cell");
const pasted = document.getElementById("pasted");
const links = () => [...table.querySelectorAll("a[data-factor]")];
let current = null;

function stand(link, focus = true) {
  for (const one of table.querySelectorAll("a[data-factor][tabindex='0']")) one.tabIndex = -1;
  link.tabIndex = 0;
  current = link;
  if (focus) link.focus();
  tell(link.getAttribute("aria-label") + (link.dataset.told ? ". " + link.dataset.told : ""));
}

function tell(words) {
  const line = document.createElement("p");
  line.id = "told";
  line.className = "small";
  line.setAttribute("role", "status");
  line.textContent = words;
  bar.replaceChildren(line);
}

function beside(link, down, right) {
  const cell = link.closest("td");
  if (right) {
    let next = cell;
    do next = right > 0 ? next.nextElementSibling : next.previousElementSibling;
    while (next && !next.querySelector("a[data-factor]"));
    return next && next.querySelector("a[data-factor]");
  }
  let row = cell.parentElement;
  do row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
  while (row && !row.querySelector("a[data-factor]"));
  return row && row.querySelector(`a[data-factor="${link.dataset.factor}"]`);
}

async function ask(address, sent) {
  const answer = await fetch(address, {
    method: sent ? "POST" : "GET",
    body: sent,
    headers: { "HX-Request": "true" },
    credentials: "same-origin",
  });
  if (answer.redirected || (!answer.ok && ![409, 422].includes(answer.status))) throw new Error(String(answer.status));
  return [answer, new DOMParser().parseFromString(await answer.text(), "text/html")];
}

async function open(link) {
  stand(link, false);
  const [, page] = await ask(link.href.split("#")[0]);
  show(page);
  const first = bar.querySelector("select, input:not([type=hidden])");
  if (first) first.focus();
}

function show(page) {
  bar.replaceChildren(...page.body.children);
  // The cell that is edited stays in sight above the panel, however tall that has grown.
  const hidden = current.getBoundingClientRect().bottom + 8 - bar.getBoundingClientRect().top;
  if (hidden > 0) window.scrollBy(0, hidden);
}

function failed() {
  // What was typed stays in its fields: the person sends it again when the line is back.
  let words = bar.querySelector("[data-failed]");
  if (!words) {
    words = document.createElement("p");
    words.dataset.failed = "";
    words.className = "err";
    words.setAttribute("role", "alert");
    bar.append(words);
  }
  words.textContent = "Не сохранено: нет связи с сервером. Набранное осталось в полях, нажмите «Сохранить» ещё раз.";
}

async function save(form) {
  const from = current;
  let answer, page;
  try {
    [answer, page] = await ask(form.action, new FormData(form));
  } catch {
    failed();
    return;
  }
  if (!answer.ok) {
    show(page);
    const wrong = bar.querySelector("input[name$=reason]");
    if (wrong) wrong.focus();
    return;
  }
  for (const fresh of page.querySelectorAll("td[id]")) {
    const old = document.getElementById(fresh.id);
    if (old) old.replaceWith(document.importNode(fresh, true));
  }
  const again = links().find(
    (one) => one.dataset.school === from.dataset.school && one.dataset.factor === from.dataset.factor,
  );
  stand(again || links()[0]);
  bar.replaceChildren(page.getElementById("told"));
}

async function quick(link, name, value) {
  await open(link);
  const form = bar.querySelector("form[data-cell]");
  const field = form && form.querySelector(`[name$="-${name}"]`);
  if (!field) return;
  field.value = value;
  await save(form);
}

table.addEventListener("keydown", (event) => {
  const link = event.target.closest("a[data-factor]");
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  const may = "may" in link.dataset;
  let done = true;
  if (steps[event.key]) {
    const next = beside(link, ...steps[event.key]);
    if (next) stand(next);
  } else if (event.key === "Enter") open(link).catch(() => location.assign(link.href));
  else if (may && LEVELS[event.key.toLowerCase()]) quick(link, "level", LEVELS[event.key.toLowerCase()]).catch(failed);
  else if (may && event.key === "+") quick(link, "choice", "chosen").catch(failed);
  else if (may && event.key === "-") quick(link, "choice", "left").catch(failed);
  else done = false;
  if (done) event.preventDefault();
});

table.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-factor]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link).catch(() => location.assign(link.href));
});

table.addEventListener("focusin", (event) => {
  const link = event.target.closest("a[data-factor]");
  if (link && link !== current) stand(link, false);
});

bar.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-cell]");
  if (!form) return;
  event.preventDefault();
  save(form);
});

function back() {
  if (current) stand(current);
}

bar.addEventListener("keydown", (event) => {
  if (event.key === "Escape") back();
});
bar.addEventListener("click", (event) => {
  if (event.target.closest("[data-back]")) back();
});

document.addEventListener("paste", (event) => {
  const link = document.activeElement && document.activeElement.closest("a[data-factor][data-may]");
  if (!link || !pasted || !table.contains(link)) return;
  const text = event.clipboardData.getData("text/plain");
  if (!text.trim()) return;
  event.preventDefault();
  const cells = text.split(/[\t\n]/).length;
  if (cells > MOST_CELLS) {
    tell(`Вставлено ${cells} ячеек, можно не больше ${MOST_CELLS}. Разделите таблицу на части или загрузите файл.`);
    return;
  }
  pasted.elements.text.value = text;
  pasted.elements.school.value = link.dataset.school;
  pasted.elements.factor.value = link.dataset.factor;
  pasted.submit();
});

const all = table ? links() : [];
for (const link of all) link.tabIndex = -1;
if (all.length) all[0].tabIndex = 0;
