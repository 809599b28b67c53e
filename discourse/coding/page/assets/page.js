// The coding page.  A post is left only when the program has said that its code is on the disk, so what you
// have passed is saved, whatever happens next.  Texts of posts enter the page as text only (textContent).
"use strict";

const WORDS = {
  en: {
    of: (n, all) => `${n} of ${all} coded`,
    place: (i, all) => `Post ${i} of ${all}`,
    placeAuthor: (i, all) => `Author ${i} of ${all}`,
    coder: (name) => `Coder: ${name}`,
    answers: "It answers this post:",
    saved: "saved", saving: "saving …",
    help: "Help", close: "Begin, or go on", other: "中文", otherLang: "zh",
    note: "Note", notePlaceholder: "a note, if you need one",
    back: "Back", forward: "Forward", undo: "Undo",
    typed: (n) => `${n} … and one more digit, or Enter`,
    keysHeading: "Keys", bookHeading: "Codebook",
    longKeys: ["12, 1 Enter", "in a list of more than nine: its number, with Enter where it could go on"],
    keys: [["1 – 9", "give the label with that number, and go on"], ["← →", "back, forward"],
      ["n", "write a note; Enter leaves it"], ["u", "undo the last label"],
      ["e", "go to the first post without a label"], ["?", "open and close this page of help"]],
    ends: "All posts are coded.",
    endText: "Every code is saved. You may close this page and stop the program (Ctrl+C).",
    review: "Look through them again",
    empty: "(no words)",
    lost: "This was not saved: the program does not answer. Everything before it is on the disk. Start the " +
      "program again and open the address that it prints; the page goes on where you were.",
    refused: "This was not saved: ",
    start: "Ask the coding program for its address; this page cannot be opened without it.",
  },
  zh: {
    of: (n, all) => `已编码 ${n} / ${all}`,
    place: (i, all) => `第 ${i} 条，共 ${all} 条`,
    placeAuthor: (i, all) => `第 ${i} 位作者，共 ${all} 位`,
    coder: (name) => `编码员：${name}`,
    answers: "它回复的帖子：",
    saved: "已保存", saving: "正在保存……",
    help: "帮助", close: "开始／继续", other: "English", otherLang: "en",
    note: "备注", notePlaceholder: "如有需要，可写备注",
    back: "上一条", forward: "下一条", undo: "撤销",
    typed: (n) => `${n} …… 再按一位数字，或按回车`,
    keysHeading: "按键", bookHeading: "编码手册",
    longKeys: ["12，1 回车", "选项多于九个时：键入编号；若后面还可能有数字，按回车"],
    keys: [["1 – 9", "选择该编号的标签，并转到下一条"], ["← →", "上一条、下一条"],
      ["n", "写备注；按回车结束"], ["u", "撤销上一个标签"],
      ["e", "转到第一条未编码的帖子"], ["?", "打开或关闭帮助"]],
    ends: "全部编码完成。",
    endText: "所有编码均已保存。可以关闭本页，并停止程序（Ctrl+C）。",
    review: "再看一遍",
    empty: "（没有文字）",
    lost: "这一条没有保存：程序没有响应。此前的编码都已写入磁盘。请重新启动程序，打开它给出的新地址，即可从这里继续。",
    refused: "这一条没有保存：",
    start: "请使用编码程序给出的地址打开本页。",
  },
};

const $ = (id) => document.getElementById(id);
const state = { deck: null, at: 0, language: "en", busy: false, noting: Promise.resolve(), last: [],
  typed: "" };
// answers that one key can tell apart
const BY_ONE_KEY = 9;

function tell(id, text) { $(id).textContent = text; }
function inLanguage(text) {
  return typeof text === "string" ? text : text[state.language] || text.en || text.zh || "";
}
function item() { return state.deck.items[state.at]; }
function asked(one) { return state.deck.variables[one.variable]; }
// a unit and a question name one code
function keyOf(one) { return JSON.stringify([one.id, asked(one).name]); }
function codeOf(one) { return state.deck.codes[keyOf(one)] || { value: "", note: "" }; }
function countCoded() { return state.deck.items.filter((one) => codeOf(one).value !== "").length; }
function firstUncoded() { return state.deck.items.findIndex((one) => codeOf(one).value === ""); }

function labelButton(label, index) {
  const button = document.createElement("button");
  const key = document.createElement("kbd");
  const name = document.createElement("span");
  key.textContent = String(index + 1);
  key.setAttribute("aria-hidden", "true");
  // topics bear their number in sheets; here the key shows it
  name.textContent = inLanguage(label.name).replace(new RegExp(`^${index + 1} · `), "");
  button.type = "button";
  button.title = inLanguage(label.meaning);
  button.dataset.value = label.value;
  button.setAttribute("aria-keyshortcuts", String(index + 1));
  button.append(key, name);
  button.addEventListener("click", () => give(label.value));
  return button;
}

function keyed(id, key, text) {
  const cap = document.createElement("kbd");
  cap.textContent = key;
  cap.setAttribute("aria-hidden", "true");
  $(id).replaceChildren(cap, ` ${text}`);
}

function entries(id, pairs) {
  $(id).replaceChildren(...pairs.flatMap(([term, meaning]) => {
    const dt = document.createElement("dt");
    const dd = document.createElement("dd");
    dt.textContent = term;
    dd.textContent = meaning;
    return [dt, dd];
  }));
}

function drawFrame() {
  const w = WORDS[state.language];
  const deck = state.deck;
  document.documentElement.lang = state.language === "zh" ? "zh-Hans" : "en";
  document.title = `${inLanguage(deck.title)} · discourse`;
  tell("heading", `${deck.coder} · ${inLanguage(deck.title)}`);
  $("heading").title = `${w.coder(deck.coder)} · ${inLanguage(deck.title)}`;
  tell("saved", "");
  tell("language", w.other);
  $("language").lang = w.otherLang;
  keyed("help-button", "?", w.help);
  tell("help-close", w.close);
  tell("keys-heading", w.keysHeading);
  const long = deck.variables.some((variable) => variable.labels.length > BY_ONE_KEY);
  entries("keys", long ? [w.keys[0], w.longKeys, ...w.keys.slice(1)] : w.keys);
  tell("book-heading", `${w.bookHeading} (${deck.codebook})`);
  tell("unit", inLanguage(deck.instructions));
  entries("book", deck.variables.flatMap((variable) => variable.labels.map(
    (label) => [inLanguage(label.name), inLanguage(label.meaning)])));
  tell("parent-lead", w.answers);
  tell("note-label", w.note);
  $("note").placeholder = w.notePlaceholder;
  keyed("back", "←", w.back);
  keyed("forward", "→", w.forward);
  keyed("undo", "u", w.undo);
  tell("end-heading", w.ends);
  tell("end-text", w.endText);
  tell("end-back", w.review);
  $("track").setAttribute("aria-label", w.of(countCoded(), deck.items.length));
}

function drawProgress() {
  const all = state.deck.items.length;
  const n = countCoded();
  tell("count", WORDS[state.language].of(n, all));
  $("done").style.width = `${all ? (100 * n) / all : 0}%`;
  $("track").setAttribute("aria-valuemax", String(all));
  $("track").setAttribute("aria-valuenow", String(n));
}

function draw() {
  const w = WORDS[state.language];
  const over = state.at >= state.deck.items.length;
  drawProgress();
  $("card").hidden = over;
  $("answers").hidden = over;
  $("end").hidden = !over;
  if (over) { $("end-back").focus(); return; }
  const one = item();
  const code = codeOf(one);
  const place = state.deck.kind === "author" ? w.placeAuthor : w.place;
  tell("place", place(state.at + 1, state.deck.items.length));
  $("parent").hidden = !one.parent;
  tell("parent-text", one.parent || "");
  tell("text", one.text || w.empty);
  $("text").scrollTop = 0;
  $("note").value = code.note;
  $("note").setAttribute("aria-label", w.note);
  const question = asked(one);
  tell("ask", inLanguage(question.question));
  $("labels").setAttribute("aria-label", inLanguage(question.question));
  state.typed = "";
  $("labels").classList.toggle("many", question.labels.length > BY_ONE_KEY);
  $("labels").replaceChildren(...question.labels.map(labelButton));
  $("labels").scrollTop = 0;
  for (const button of $("labels").children) {
    button.setAttribute("aria-pressed", String(button.dataset.value === code.value));
  }
  $("back").disabled = state.at === 0;
  $("forward").disabled = false;
  $("undo").disabled = state.last.length === 0;
  window.scrollTo(0, 0);
}

function alarm(text) {
  $("alarm").hidden = !text;
  tell("alarm", text || "");
}

// Send one code and wait until it is on the disk; true if it is.
async function save(one, value, note) {
  const w = WORDS[state.language];
  state.busy = true;
  tell("saved", w.saving);
  try {
    const answer = await fetch("code", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id: one.id, variable: asked(one).name, value, note }),
    });
    if (!answer.ok) { alarm(w.refused + (await answer.text())); return false; }
    state.deck.codes[keyOf(one)] = { value, note };
    alarm("");
    tell("saved", w.saved);
    return true;
  } catch {
    alarm(w.lost);
    return false;
  } finally {
    if ($("saved").textContent === w.saving) tell("saved", "");
    state.busy = false;
  }
}

async function give(value) {
  await state.noting;
  if (state.busy || state.at >= state.deck.items.length) return;
  const one = item();
  const before = codeOf(one);
  const at = state.at;
  if (!(await save(one, value, $("note").value.trim()))) return;
  state.last.push({ at, one, ...before });
  state.at = at + 1;
  if (state.at >= state.deck.items.length && firstUncoded() >= 0) state.at = firstUncoded();
  draw();
}

async function undo() {
  await state.noting;
  const step = state.last[state.last.length - 1];
  if (state.busy || !step || !(await save(step.one, step.value, step.note))) return;
  state.last.pop();
  state.at = step.at;
  draw();
}

function leaveNote() {
  const text = $("note").value.trim();
  const one = item();
  if (state.busy || !one || text === codeOf(one).note) return state.noting;
  state.noting = save(one, codeOf(one).value, text);
  return state.noting;
}

async function go(where) {
  await leaveNote();
  if (state.busy) return;
  state.at = Math.max(0, Math.min(where, state.deck.items.length));
  draw();
}

function toggleHelp() {
  if ($("help").open) { $("help").close(); return; }
  $("help").showModal();
  $("help").scrollTop = 0;  // the button at its end has the focus; who reads begins at the top
}

function setLanguage(language) {
  state.language = language;
  drawFrame();
  draw();
}

// Of a long list a number may have two digits: it counts once no other begins with what was typed, or at Enter.
function typeNumber(digit) {
  const labels = asked(item()).labels;
  const numbers = labels.map((_, index) => String(index + 1));
  const begun = (text) => numbers.filter((number) => number.startsWith(text));
  state.typed = [state.typed + digit, digit].find((text) => begun(text).length) || "";
  if (state.typed && begun(state.typed).length === 1) give(labels[Number(state.typed) - 1].value);
  else tell("saved", state.typed && WORDS[state.language].typed(state.typed));
}

function pressed(event) {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || !state.deck) return;
  if (event.target === $("note")) {
    if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); leaveNote(); $("note").blur(); }
    if (event.key === "Escape") { $("note").value = codeOf(item()).note; $("note").blur(); }
    return;
  }
  const key = event.key.normalize("NFKC");  // a Chinese input method may send ？ and １
  if (key === "?") { event.preventDefault(); toggleHelp(); return; }
  if ($("help").open) return;
  const labels = state.at < state.deck.items.length ? asked(item()).labels : [];
  if (labels.length > BY_ONE_KEY && (/^[0-9]$/.test(key) || (key === "Enter" && state.typed))) {
    event.preventDefault();
    if (key === "Enter") give(labels[Number(state.typed) - 1].value); else typeNumber(key);
    return;
  }
  const label = labels[Number(key) - 1];
  const actions = {
    ArrowLeft: () => go(state.at - 1), ArrowRight: () => go(state.at + 1), u: undo,
    e: () => go(firstUncoded() < 0 ? state.deck.items.length : firstUncoded()),
    n: () => { if (state.at < state.deck.items.length) $("note").focus(); },
  };
  const action = /^[1-9]$/.test(key) ? label && (() => give(label.value)) : actions[key];
  if (action) { event.preventDefault(); action(); }
}

async function begin() {
  const answer = await fetch("deck");
  if (!answer.ok) { alarm(WORDS.en.start); return; }
  const deck = await answer.json();
  deck.codes = Object.fromEntries(deck.codes.map((c) => [JSON.stringify([c.id, c.variable]), c]));
  state.deck = deck;
  state.language = state.deck.language || (navigator.language.startsWith("zh") ? "zh" : "en");
  const start = firstUncoded();
  state.at = start < 0 ? state.deck.items.length : start;
  drawFrame();
  draw();
  // who begins reads the codebook first
  if (countCoded() === 0 && state.deck.items.length) toggleHelp();
}

document.addEventListener("keydown", pressed);
$("language").addEventListener("click", () => setLanguage(WORDS[state.language].otherLang));
$("help-button").addEventListener("click", toggleHelp);
$("help-close").addEventListener("click", toggleHelp);
$("back").addEventListener("click", () => go(state.at - 1));
$("forward").addEventListener("click", () => go(state.at + 1));
$("undo").addEventListener("click", undo);
$("end-back").addEventListener("click", () => go(0));
$("note").addEventListener("change", leaveNote);
begin();
