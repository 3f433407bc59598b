/* Says beside the buttons that a form could not save itself: the words stay in their fields, and nobody believes them saved. */
const words = "Не сохранено: нет связи. Набранное осталось на странице, не закрывайте её.";

function tell(event) {
  const code = event.detail.xhr ? event.detail.xhr.status : 0;
  if (code && code < 500) return;
  const state = event.target.closest("form")?.querySelector("[role=status]");
  if (!state) return;
  state.className = "st wait";
  state.querySelector("span").textContent = words;
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, tell);
