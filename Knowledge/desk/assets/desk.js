// Small helps for pages that work without them: leaving at once, dropping files, progress, covering again, loading more.
"use strict";
(() => {
  const root = document.documentElement;
  const token = document.querySelector("meta[name=desk-token]")?.content ?? "";

  // Leaving: blank first, then end the visit, then a neutral page in the place of this one.
  const exitForm = document.querySelector("[data-exit]");
  function leave() {
    root.classList.add("gone");
    document.title = " ";
    try {
      fetch(exitForm.action, { method: "POST", keepalive: true, headers: { "X-Desk-Token": token } }).catch(() => {});
    } finally {
      location.replace("/");
    }
  }
  exitForm?.addEventListener("submit", (event) => { event.preventDefault(); leave(); });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) { presses = []; return; }
    if (event.key !== "Shift") { presses = []; return; }
    if (event.repeat) return;
    const now = Date.now();
    presses = presses.filter((time) => now - time < 5000);
    presses.push(now);
    if (presses.length >= 3) leave();
  });
  // A page out of the browser's memory is asked for again, so that a closed desk stays closed.
  window.addEventListener("pageshow", (event) => { if (event.persisted) { root.classList.add("gone"); location.reload(); } });

  // The menu stands open where there is room.
  const menu = document.querySelector("[data-menu]");
  const wide = matchMedia("(min-width: 70rem)");
  const setMenu = () => { if (menu) menu.open = wide.matches; };
  setMenu();
  wide.addEventListener("change", setMenu);

  // What was uncovered is covered again when she looks away.
  const uncovered = document.querySelector("[data-uncovered]");
  if (uncovered) {
    document.addEventListener("visibilitychange", () => { if (document.hidden) uncovered.remove(); });
    window.addEventListener("pagehide", () => uncovered.remove());
  }

  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
  for (const form of document.querySelectorAll("[data-slow]")) {
    form.addEventListener("submit", () => { const text = form.querySelector("[data-slow-text]"); if (text) text.hidden = false; });
  }

  // Sends a form and hands on the page that comes back. The browser reads it: a page may not be made of text here (trusted types).
  function ask(address, body, then, otherwise) {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.open("POST", address);
    request.addEventListener("load", () => { if (request.status === 200 && request.responseXML) then(request.responseXML); else otherwise(); });
    request.addEventListener("error", otherwise);
    request.send(body);
  }

  // As a word is typed, what it would have held so far.
  const lab = document.querySelector("[data-lab]");
  if (lab) {
    let timer = 0, asked = 0;
    lab.addEventListener("input", (event) => {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        const number = ++asked;
        const body = new URLSearchParams(new FormData(lab));
        if (!body.get("word").trim()) return;
        ask(lab.action, body, (page) => {
          const found = page.getElementById("lab");
          if (found && number === asked) document.getElementById("lab").replaceChildren(...[...found.childNodes].map((node) => document.adoptNode(node)));
        }, () => {});
      }, 300);
    });
    lab.addEventListener("compositionend", () => lab.dispatchEvent(new Event("input")));
  }

  // Taking in: drop, and how much has gone.
  const take = document.querySelector("[data-take]");
  if (take) {
    const area = take.querySelector("[data-drop]");
    const list = take.querySelector("[data-dropped]");
    let dropped = [];
    async function walk(entry, path) {
      if (entry.isFile) {
        const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
        dropped.push([file, path + file.name]);
      } else if (entry.isDirectory) {
        const reader = entry.createReader();
        for (;;) {
          const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
          if (entries.length === 0) break;
          for (const inner of entries) await walk(inner, path + entry.name + "/");
        }
      }
    }
    for (const name of ["dragenter", "dragover"]) {
      area.addEventListener(name, (event) => { event.preventDefault(); area.classList.add("over"); });
    }
    area.addEventListener("dragleave", () => area.classList.remove("over"));
    area.addEventListener("drop", async (event) => {
      event.preventDefault();
      area.classList.remove("over");
      // Both are asked for before anything is waited for: afterwards the browser has let go of them.
      const found = [...event.dataTransfer.items].filter((item) => item.kind === "file")
        .map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]);
      for (const [entry, file] of found) {
        if (entry) await walk(entry, "").catch(() => { if (file) dropped.push([file, file.name]); });
        else if (file) dropped.push([file, file.name]);
      }
      list.hidden = false;
      list.textContent = dropped.map(([, path]) => path).slice(0, 20).join("、") + (dropped.length > 20 ? " …" : "");
    });
    // A file that is dropped beside the area is not opened by the browser.
    for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
    take.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      for (const file of files) dropped.push([file, file.name]);
      list.hidden = false;
      list.textContent = dropped.map(([, path]) => path).join("、");
    });
    take.addEventListener("submit", (event) => {
      event.preventDefault();
      const data = new FormData(take);
      for (const [file, path] of dropped) data.append("files", file, path);
      const progress = document.querySelector("[data-progress]");
      const bar = progress.querySelector("progress");
      progress.hidden = false;
      progress.scrollIntoView({ block: "center" });
      const request = new XMLHttpRequest();
      request.open("POST", take.action);
      request.setRequestHeader("X-Desk-Token", token);
      request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total; });
      request.addEventListener("load", () => location.assign(request.responseURL || take.action));
      request.addEventListener("error", () => { progress.hidden = true; take.submit(); });
      request.send(data);
    });
  }
  const job = document.querySelector("[data-job]");
  if (job) {
    const text = job.querySelector("[data-job-text]");
    const source = new EventSource(job.getAttribute("data-job"));
    source.addEventListener("message", (event) => {
      const state = JSON.parse(event.data);
      const numbers = [state.sealed, state.files, state.records];
      let index = 0;
      text.textContent = text.textContent.replace(/\d+/g, () => String(numbers[index++] ?? ""));
      if (state.done) { source.close(); location.reload(); }
    });
  }

  // Talking: what she said stands there at once, the answer takes its place beside it when it comes.
  const say = document.querySelector("[data-say]");
  if (say) {
    const field = say.querySelector("textarea");
    const turns = document.querySelector("[data-turns]");
    const hint = document.querySelector("[data-asks]");
    const down = () => turns.lastElementChild?.scrollIntoView({ block: "start" });
    for (const button of document.querySelectorAll("[data-ask]")) {
      button.addEventListener("click", () => { field.value = button.textContent; say.requestSubmit(); });
    }
    let isBusy = false;
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      if (field.value.trim()) say.requestSubmit();
    });
    say.addEventListener("submit", (event) => {
      event.preventDefault();
      if (isBusy || !field.value.trim()) return;
      isBusy = true;
      const body = new URLSearchParams(new FormData(say));
      body.set("pieces", "1");
      const text = field.value;
      const waiting = document.querySelector("[data-waiting]").content.firstElementChild.cloneNode(true);
      waiting.querySelector(".said").append(text);
      turns.append(waiting);
      field.value = "";
      hint?.remove();
      down();
      const end = () => { isBusy = false; field.focus({ preventScroll: true }); };
      ask(say.action, body, (page) => {
        const turn = page.querySelector("[data-turn]");
        if (turn) waiting.replaceWith(document.adoptNode(turn)); else location.assign(say.action);
        down();
        end();
      }, () => { waiting.remove(); field.value = text; end(); });
    });
    if (turns.lastElementChild) down();
  }

  // The next lines of a list, put below these.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-more]");
    const lines = document.querySelector("[data-lines]");
    if (!link || !lines || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.open("GET", link.href);
    request.addEventListener("load", () => {
      const found = request.responseXML;
      const more = found?.querySelector("[data-lines]");
      if (!more) { location.assign(link.href); return; }
      const first = more.firstElementChild;
      for (const line of [...more.children]) lines.append(document.adoptNode(line));
      const next = found.querySelector("[data-more]");
      if (next) link.href = next.getAttribute("href"); else link.parentElement.remove();
      first?.querySelector("a")?.focus();
    });
    request.addEventListener("error", () => location.assign(link.href));
    request.send();
  });
})();
