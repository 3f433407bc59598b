/* Many files: each goes by itself with progress, a broken line is gone on with, what is there is not sent twice. */
"use strict";

(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form || !window.DataTransfer) return;

  const line = window.OporaUpload;
  const list = form.querySelector("[data-files]");
  const pictureList = form.querySelector("[data-pictures]");
  const sum = form.querySelector("[data-sum]");
  const most = Number(form.dataset.most);
  const LIMIT = 20 * 1024 * 1024;
  const SIGNATURE = /\.(sig|p7s|sgn)$/i;
  const OWN = ["kind", "school", "activity", "dated_on", "into"];
  const token = () => form.elements.csrfmiddlewaretoken.value;
  let rows = [];
  let pictures = [];
  let isSending = false;

  function say(row, words, look = "") {
    const place = row.node.querySelector("[data-say]");
    place.textContent = words;
    row.node.querySelector(".ext").textContent = { done: "✓", same: "=", late: "!" }[look] || row.ending;
  }

  function tell(words) {
    sum.textContent = words;
  }

  function megabytes(size) {
    return (size / 1024 / 1024).toFixed(1).replace(".", ",");
  }

  function sizeOf(file) {
    return file.size < 100 * 1024 ? `${Math.ceil(file.size / 1024)} КБ` : `${megabytes(file.size)} МБ`;
  }

  function cloneOf(name) {
    return document.getElementById(name).content.firstElementChild.cloneNode(true);
  }

  /* Fields of the file's own: copies of the common ones, «как у всех» until something is chosen. */
  function addOwnFields(row) {
    const place = row.node.querySelector("[data-own] .stack");
    for (const name of OWN) {
      const common = form.elements[name];
      if (!common || common instanceof RadioNodeList || common.type === "hidden") continue;
      const label = document.createElement("label");
      label.append(`${form.querySelector(`label[for="${common.id}"]`)?.firstChild.textContent.trim() || name} `);
      const own = common.cloneNode(true);
      own.removeAttribute("id");
      own.removeAttribute("name");
      own.removeAttribute("aria-describedby");
      own.dataset.as = name;
      if (own.tagName === "SELECT") own.prepend(new Option("Как у всех", "\u0000", true, true));
      else own.value = "";
      label.append(own);
      place.append(label);
    }
  }

  function addFile(file) {
    if (rows.some((row) => row.file?.name === file.name && row.file.size === file.size)) return;
    if (rows.length >= most) {
      tell(`За один раз — не больше ${most} файлов: «${file.name}» не взят. Внесите его следующим разом.`);
      return;
    }
    const row = { file, node: cloneOf("upload-row"), ending: (file.name.split(".").pop() || "").slice(0, 4).toUpperCase() };
    row.node.querySelector("[data-name]").textContent = file.name;
    row.node.querySelector('[data-as="title"]').placeholder = file.name.replace(/\.[^.]+$/, "").replaceAll("_", " ");
    if (SIGNATURE.test(file.name)) row.node.querySelector("[data-own]").remove();
    else addOwnFields(row);
    row.node.querySelector("[data-drop]").addEventListener("click", () => {
      rows = rows.filter((one) => one !== row);
      row.node.remove();
    });
    say(row, SIGNATURE.test(file.name) ? "Подпись: ляжет рядом с файлом того же имени" : sizeOf(file));
    rows.push(row);
    list.append(row.node);
  }

  function takeFiles(files) {
    for (const file of files) addFile(file);
  }

  function drawPictures() {
    pictureList.replaceChildren();
    pictures.forEach((file, place) => {
      const node = cloneOf("upload-picture");
      node.querySelector(".ext").textContent = place + 1;
      node.querySelector("[data-name]").textContent = file.name;
      const higher = node.querySelector("[data-higher]");
      higher.disabled = place === 0;
      higher.addEventListener("click", () => {
        pictures.splice(place - 1, 2, file, pictures[place - 1]);
        drawPictures();
      });
      node.querySelector("[data-drop]").addEventListener("click", () => {
        pictures.splice(place, 1);
        drawPictures();
      });
      pictureList.append(node);
    });
  }

  function takePictures(files) {
    pictures.push(...files);
    if (pictures.length > most) tell(`В один документ — не больше ${most} снимков: лишние не взяты.`);
    pictures = pictures.slice(0, most);
    drawPictures();
  }

  /* What the server is sent about one row: the common fields, then those of its own. */
  function bodyOf(row) {
    const body = new FormData(form);
    for (const name of ["papers", "snaps", "camera", "anyway"]) body.delete(name);
    if (!row.isPictures) body.delete("snaps_title");
    for (const own of row.node.querySelectorAll("[data-as]")) {
      const isSaid = own.tagName === "SELECT" ? own.value !== "\u0000" : own.value !== "";
      if (isSaid) body.set(own.dataset.as, own.value);
    }
    if (row.isPictures) for (const file of pictures) body.append("snaps", file, file.name);
    else body.append("papers", row.file, row.file.name);
    const signature = signatureOf(row);
    if (signature) body.append("papers", signature.file, signature.file.name);
    if (row.anyway) body.append("anyway", row.anyway);
    return body;
  }

  function signatureOf(row) {
    if (row.isPictures) return null;
    const name = row.file.name.toLowerCase();
    const bare = (text) => text.toLowerCase().replace(/\.[^.]*$/, "");
    const signatures = rows.filter((one) => one.file && SIGNATURE.test(one.file.name));
    return [name, bare(name)].map((want) => signatures.find((one) => bare(one.file.name) === want)).find(Boolean);
  }

  function linkTo(told) {
    const link = document.createElement("a");
    link.href = told.address;
    link.textContent = told.title;
    return link;
  }

  function finish(row, told) {
    row.isDone = true;
    say(row, `${told.words}: `, "done");
    row.node.querySelector("[data-say]").append(linkTo(told));
    row.node.querySelector("[data-own]")?.remove();
    row.node.querySelector("[data-buttons]").replaceChildren();
  }

  /* Such a file is there: the person looks at it, or enters it all the same. */
  function offer(row, told) {
    row.isHeld = true;
    say(row, `${told.words}: `, "same");
    row.node.querySelector("[data-say]").append(linkTo(told));
    const buttons = row.node.querySelector("[data-buttons]");
    if (buttons.querySelector("[data-anyway]")) return;
    const anyway = document.createElement("button");
    Object.assign(anyway, { type: "button", className: "btn tiny", textContent: "Всё равно внести" });
    anyway.dataset.anyway = "";
    anyway.addEventListener("click", () => {
      row.anyway = told.sha256;
      row.isHeld = false;
      anyway.remove();
      run();
    });
    buttons.prepend(anyway);
  }

  function refuse(row, told) {
    row.isHeld = true;
    say(row, told.code ? `${told.words} (${told.code})` : told.words, "late");
  }

  function take(row, told) {
    if (told.state === "saved") finish(row, told);
    else if (told.state === "same") offer(row, told);
    else refuse(row, told);
  }

  async function sendRow(row) {
    if (row.file && row.file.size > LIMIT) {
      refuse(row, { code: "F-SIZE", words: `Файл слишком большой: ${megabytes(row.file.size)} МБ. Допустимый размер — 20 МБ.` });
      return "told";
    }
    const progress = row.node.querySelector("progress");
    progress.hidden = false;
    say(row, "Отправляется");
    const answer = await line.send(form.dataset.file, bodyOf(row), (share) => (progress.value = share));
    progress.hidden = true;
    if (answer.kind === "told") {
      take(row, answer.files[0]);
      const signature = signatureOf(row);
      const told = signature && answer.files.find((one) => one.name === signature.file.name);
      if (told) take(signature, told);
    } else if (answer.kind === "broken") {
      say(row, "Связь прервалась: продолжим с этого файла");
    } else {
      refuse(row, { words: answer.kind === "sign-in" ? "Войдите снова и повторите: файл остался здесь." : "Сервер не принял файл. Повторите позже." });
    }
    return answer.kind;
  }

  /* Files sent before the line broke, or on another day, are not sent again. */
  async function askFirst() {
    const waiting = rows.filter((row) => row.file && !row.isDone && !row.anyway && !row.isAsked && row.file.size <= LIMIT);
    for (const row of waiting) row.sha256 = await line.hashOf(row.file);
    const asked = waiting.filter((row) => row.sha256 && !SIGNATURE.test(row.file.name));
    if (!asked.length) return;
    const found = await line.known(form.dataset.known, token(), asked.map((row) => ({ name: row.file.name, sha256: row.sha256 })));
    for (const row of asked) {
      row.isAsked = true;
      const told = found.get(row.sha256);
      if (!told) continue;
      if (told.is_mine) finish(row, { ...told, words: "Уже внесён" });
      else offer(row, told);
    }
  }

  async function run() {
    if (isSending) return;
    isSending = true;
    rows = rows.filter((row) => !(row.isPictures && !row.isDone && !pictures.length));
    if (pictures.length && !rows.some((row) => row.isPictures && !row.isDone)) addPicturesRow();
    await askFirst();
    const isPaired = (row) => rows.some((one) => one !== row && one.file && !SIGNATURE.test(one.file.name) && signatureOf(one) === row);
    for (const row of [...rows]) {
      if (row.isDone || row.isHeld || (row.file && SIGNATURE.test(row.file.name) && isPaired(row))) continue;
      if ((await sendRow(row)) === "broken") break;
      if (row.isPictures && row.isDone) pictures = [];
      if (row.isPictures && row.isDone) drawPictures();
    }
    isSending = false;
    const done = rows.filter((row) => row.isDone).length;
    if (rows.length) tell(`Внесено ${done} из ${rows.length}.`);
  }

  function addPicturesRow() {
    const row = { isPictures: true, ending: "PDF", node: cloneOf("upload-row") };
    row.node.querySelector("[data-name]").textContent = `Снимки одного документа: ${pictures.length}`;
    row.node.querySelector("[data-own]").remove();
    row.node.querySelector("[data-drop]").addEventListener("click", () => {
      rows = rows.filter((one) => one !== row);
      row.node.remove();
    });
    rows.push(row);
    list.append(row.node);
  }

  function listen() {
    const choosers = [["papers", takeFiles], ["snaps", takePictures], ["camera", takePictures]];
    for (const [name, takeThem] of choosers) {
      const input = form.elements[name];
      if (!input) continue;
      input.addEventListener("change", () => {
        takeThem([...input.files]);
        input.value = "";
      });
    }
    const drop = form.querySelector("[data-drop-here]");
    drop.addEventListener("dragover", (event) => event.preventDefault());
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      takeFiles([...event.dataTransfer.files]);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!rows.length && !pictures.length) return tell("Выберите файлы или снимки.");
      for (const row of rows) if (row.isHeld && !row.node.querySelector("[data-anyway]")) row.isHeld = false;
      return run();
    });
    window.addEventListener("online", () => rows.length && run());
    window.addEventListener("beforeunload", (event) => isSending && event.preventDefault());
  }

  listen();
  form.dataset.ready = "yes";
})();
