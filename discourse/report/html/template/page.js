"use strict";
(() => {
  const root = document.documentElement;
  const say = document.body.dataset;
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  // --- light and dark ------------------------------------------------------------------------------------
  const toggle = document.querySelector(".theme");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const kept = (value) => {
    try {
      if (value) localStorage.setItem("discourse-theme", value);
      return localStorage.getItem("discourse-theme");
    } catch { return value || null; }
  };
  const show = (theme) => {
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    const dark = (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
    // the button says what it does, not what is: one that reads "Dark" on a dark page leaves one guessing
    toggle.value = dark ? "light" : "dark";
    toggle.textContent = toggle.dataset[toggle.value];
  };
  show(kept());
  toggle.hidden = false;
  toggle.addEventListener("click", () => show(kept(toggle.value)));
  system.addEventListener("change", () => show());

  // --- contents: folded where there is no room, and where one is in them ------------------------------------
  const contents = document.querySelector(".contents details");
  const narrow = matchMedia("(max-width: 68rem)");
  const fold = () => { contents.open = !narrow.matches; };
  fold();
  narrow.addEventListener("change", fold);
  contents.querySelector("summary").addEventListener("click", (event) => {
    if (!narrow.matches) event.preventDefault();
  });
  const links = new Map([...document.querySelectorAll(".contents a")].map((a) => [a.hash.slice(1), a]));
  const heads = [...links.keys()].map((id) => document.getElementById(id));
  let waiting = false;
  const mark = () => {
    waiting = false;
    const passed = heads.filter((head) => head.getBoundingClientRect().top < innerHeight / 3);
    const here = passed.length ? links.get(passed[passed.length - 1].id) : null;
    for (const link of links.values()) {
      if (link === here) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(mark); } }, { passive: true });
  mark();

  // --- what a mark says ---------------------------------------------------------------------------------
  const tip = document.querySelector(".tip");
  const tell = (circle) => {
    tip.textContent = circle.getAttribute("aria-label");
    tip.hidden = false;
    const place = circle.getBoundingClientRect();
    const left = place.left + place.width / 2 - tip.offsetWidth / 2;
    const above = place.top - tip.offsetHeight - 8;
    tip.style.left = `${Math.max(8, Math.min(left, root.clientWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${above > 8 ? above : place.bottom + 8}px`;
  };
  const hush = () => { tip.hidden = true; };
  for (const group of document.querySelectorAll(".values")) {
    const circles = [...group.querySelectorAll(".value")];
    for (const circle of circles) circle.querySelector("title").remove();
    group.addEventListener("pointerover", (event) => { if (event.target.matches(".value")) tell(event.target); });
    group.addEventListener("pointerout", hush);
    group.addEventListener("focusin", (event) => tell(event.target));
    group.addEventListener("focusout", hush);
    group.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      if (event.key === "Escape") hush();
      if (!(event.key in steps) && event.key !== "Home" && event.key !== "End") return;
      event.preventDefault();
      const now = circles.indexOf(event.target);
      const next = event.key === "Home" ? 0 : event.key === "End" ? circles.length - 1
        : (now + steps[event.key] + circles.length) % circles.length;
      circles[now].tabIndex = -1;
      circles[next].tabIndex = 0;
      circles[next].focus();
    });
  }
  addEventListener("scroll", hush, { passive: true });

  // --- tables: sort and search -----------------------------------------------------------------------------
  const collator = new Intl.Collator(root.lang, { numeric: true, sensitivity: "base" });
  const number = (text) => {
    const found = /[−-]?\d[\d,]*\.?\d*/.exec(text.replace(/\s/g, ""));
    if (!found) return null;
    const value = Number(found[0].replace("−", "-").replaceAll(",", ""));
    return text.trim().startsWith("<") ? value - 1e-9 : value;
  };
  const key = (row, place, kind) => {
    const text = row.cells[place].textContent.trim();
    if (text === "" || text === "–") return null;
    return kind === "number" ? number(text) : text;
  };
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  const sort = (table, rows, head) => {
    const next = { none: "ascending", ascending: "descending", descending: "none" };
    const order = next[head.getAttribute("aria-sort")];
    for (const other of table.tHead.rows[0].cells) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", order);
    let sorted = rows;
    if (order !== "none") {
      const sign = order === "ascending" ? 1 : -1;
      const keyed = rows.map((row) => [key(row, head.cellIndex, head.dataset.kind), row]);
      const known = keyed.filter(([k]) => k !== null).sort((a, b) => sign * compare(a[0], b[0]));
      // what is unknown comes last, whichever way the rest is turned
      sorted = [...known, ...keyed.filter(([k]) => k === null)].map(([, row]) => row);
    }
    table.tBodies[0].append(...sorted);
    table.dataset.sorted = order === "none" ? "" : "yes";
    carry(table);
  };
  const carry = (table) => table.classList.toggle("reordered", Boolean(table.dataset.sorted || table.dataset.found));
  const finder = (table, rows) => {
    const box = make("div", "finder");
    const input = make("input");
    input.type = "search";
    input.placeholder = table.dataset.search;
    input.setAttribute("aria-label", table.dataset.search);
    const status = make("span");
    status.setAttribute("role", "status");
    const empty = make("p", "empty", say.nothing);
    empty.hidden = true;
    const texts = rows.map((row) => row.textContent.normalize("NFKC").toLowerCase());
    input.addEventListener("input", () => {
      const words = input.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !words.every((word) => texts[i].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      status.textContent = words.length ? say.shown.replace("{n}", shown).replace("{all}", rows.length) : "";
      empty.hidden = shown > 0;
      table.dataset.found = words.length ? "yes" : "";
      carry(table);
    });
    box.append(input, status);
    const scroll = table.closest(".scroll");
    scroll.before(box);
    scroll.after(empty);
  };
  for (const table of document.querySelectorAll(".grid table")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length > 1) {
      for (const head of table.tHead.rows[0].cells) {
        if (!head.textContent.trim()) continue;
        const button = make("button", "sort");
        button.type = "button";
        button.title = say.sort;
        const name = make("span");
        name.append(...head.childNodes);
        button.append(name);
        head.append(button);
        head.setAttribute("aria-sort", "none");
        button.addEventListener("click", () => sort(table, rows, head));
      }
    }
    if (table.dataset.search) finder(table, rows);
  }

  // --- print: nothing stays folded -------------------------------------------------------------------------
  addEventListener("beforeprint", () => { for (const fold of document.querySelectorAll("details")) fold.open = true; });
})();
