
"use strict";
const form = document.getElementById("filters");
const shown = document.getElementById("shown");
const rows = Array.from(document.getElementById("rows").children);
const text = new Map();

function told(row) {
  if (!text.has(row)) text.set(row, row.textContent.toLowerCase());
  return text.get(row);
}

function filter() {
  const lives = new Set(Array.from(form.querySelectorAll("[name=life]:checked"), (box) => box.value));
  const [state, site, file] = ["State", "Site", "File"].map((name) => form.elements[name].value);
  const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows) {
    const fits = lives.has(row.className) && (!state || row.dataset.state === state)
      && (!site || row.dataset.site === site) && (!file || row.dataset.files.includes(` ${file} `))
      && words.every((word) => told(row).includes(word));
    row.hidden = !fits;
    count += fits;
  }
  const all = rows.length.toLocaleString("en");
  shown.textContent = count ? `${count.toLocaleString("en")} of ${all} links, the worst first.` : `None of ${all} links.`;
}

function pick(button) {
  form.reset();
  for (const box of form.querySelectorAll("[name=life]")) {
    box.checked = button.dataset.life ? box.value === button.dataset.life : box.value !== "alive";
  }
  const select = form.elements[button.dataset.of];
  const option = Array.from(select.options).find((one) => one.text === button.dataset.value);
  if (option) select.value = option.value;
  filter();
  document.getElementById("links").scrollIntoView();
}

form.hidden = false;
document.documentElement.classList.add("js");
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", filter);
form.addEventListener("reset", () => setTimeout(filter));
for (const button of document.querySelectorAll(".pick")) button.addEventListener("click", () => pick(button));
filter();
