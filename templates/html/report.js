"use strict";
// Filters, search, folding, keys, citations. The page is complete without this file.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const rows = all("#body .row");
  const runs = all("#body .run");
  const parts = all("#body .part");
  const chips = all(".chip");
  const search = byId("search");
  const texts = new Map(rows.map((row) => [row, all(".text", row).map((p) => p.textContent).join("\n").toLowerCase()]));
  const names = [...new Set(chips.map((chip) => chip.dataset.filter))];
  document.documentElement.classList.add("script");

  const chosen = () => {
    const state = {};
    for (const name of names) {
      const values = chips.filter((chip) => chip.dataset.filter === name && chip.getAttribute("aria-pressed") === "true");
      if (values.length) state[name] = values.map((chip) => chip.dataset.value);
    }
    return state;
  };

  // Choices of one filter widen, filters narrow one another.
  const matches = (row, state, words) =>
    words.every((word) => texts.get(row).includes(word)) &&
    Object.entries(state).every(([name, values]) => {
      const own = row.dataset[name].split(" ");
      return values.some((value) => own.includes(value));
    });

  const apply = () => {
    const state = chosen();
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const active = words.length > 0 || Object.keys(state).length > 0;
    let shown = 0;
    for (const row of rows) {
      row.hidden = active && !matches(row, state, words);
      if (!row.hidden) shown += 1;
    }
    for (const run of runs) {
      run.hidden = all(".row", run).every((row) => row.hidden);
      if (active) run.open = true;
    }
    if (!active && wasActive) runs.forEach((run) => { run.open = unfolded; });
    wasActive = active;
    for (const part of parts) {
      part.hidden = all(".row", part).every((row) => row.hidden);
      if (active && "open" in part) part.open = true;
    }
    byId("nothing").hidden = shown > 0 || rows.length === 0;
    byId("clear").hidden = !active;
    byId("shown").textContent = byId("shown").dataset.pattern.replace("{shown}", shown).replace("{all}", rows.length);
    highlight(words);
    return state;
  };
  let wasActive = false;
  let unfolded = false;

  const highlight = (words) => {
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("found");
    if (!words.length) return;
    const ranges = [];
    for (const text of all("#body .row:not([hidden]) .text")) {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const value = walker.currentNode.data.toLowerCase();
        for (const word of words) {
          for (let at = value.indexOf(word); at >= 0; at = value.indexOf(word, at + word.length)) {
            const range = new Range();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + word.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };

  // The address holds the view, so that it can be sent: #relation=modified,dropped&q=就业
  const write = (state) => {
    const fields = Object.entries(state).map(([name, values]) => `${name}=${values.map(encodeURIComponent).join(",")}`);
    if (search.value.trim()) fields.push(`q=${encodeURIComponent(search.value.trim())}`);
    if (unfolded) fields.push("open=1");
    history.replaceState(null, "", fields.length ? `#${fields.join("&")}` : location.pathname + location.search);
  };
  const update = () => write(apply());

  const decode = (text) => {
    try { return decodeURIComponent(text); } catch { return text; }
  };
  const read = () => {
    const hash = location.hash.slice(1);
    if (!hash.includes("=")) { reveal(byId(decode(hash))); return; }
    const fields = new Map(hash.split("&").map((field) => [field.split("=")[0], field.slice(field.indexOf("=") + 1)]));
    for (const chip of chips) {
      const values = (fields.get(chip.dataset.filter) || "").split(",").map(decode);
      chip.setAttribute("aria-pressed", String(values.includes(chip.dataset.value)));
    }
    search.value = decode(fields.get("q") || "");
    fold(fields.get("open") === "1");
    apply();
  };

  const fold = (open) => {
    unfolded = open;
    runs.forEach((run) => { run.open = open; });
    byId("fold").textContent = open ? byId("fold").dataset.close : byId("fold").dataset.open;
  };
  const clear = () => {
    chips.forEach((chip) => chip.setAttribute("aria-pressed", "false"));
    search.value = "";
    apply();
  };
  const reveal = (target) => {
    if (!target || !target.classList.contains("row")) return;
    if (target.hidden) clear();
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  };

  const step = (by) => {
    const stops = rows.filter((row) => "changed" in row.dataset && !row.hidden);
    if (!stops.length) return;
    const here = stops.indexOf(document.activeElement && document.activeElement.closest(".row"));
    const middle = innerHeight / 2;
    const below = stops.findIndex((row) => row.getBoundingClientRect().top > middle);
    const next = here >= 0 ? here + by : by > 0 ? Math.max(below, 0) : (below < 0 ? stops.length : below) - 1;
    reveal(stops[Math.min(Math.max(next, 0), stops.length - 1)]);
  };

  const copy = async (element) => {
    const side = element.closest(".side.lower") ? "lowerSha" : "upperSha";
    const text = `${element.dataset.cite}，SHA-256 ${document.body.dataset[side]}`;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const toast = byId("toast");
    toast.textContent = toast.dataset.text;
    clearTimeout(copy.timer);
    copy.timer = setTimeout(() => { toast.textContent = ""; }, 1600);
  };

  const tip = byId("tip");
  for (const mark of all(".mark")) {
    mark.dataset.tip = mark.title;
    mark.removeAttribute("title");
  }
  const show = (event) => {
    const mark = event.target.closest(".mark");
    tip.hidden = !mark;
    if (!mark) return;
    tip.textContent = mark.dataset.tip;
    const box = mark.getClientRects()[0];
    const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 12);
    const above = box.top - tip.offsetHeight - 8;
    tip.style.left = `${Math.max(left, 12) + scrollX}px`;
    tip.style.top = `${(above > 0 ? above : box.bottom + 8) + scrollY}px`;
  };

  document.addEventListener("mouseover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-cite], .chip, a[href^='#']");
    if (!target) return;
    if (target.matches(".chip")) {
      target.setAttribute("aria-pressed", String(target.getAttribute("aria-pressed") !== "true"));
      update();
    } else if (target.matches("[data-cite]")) {
      copy(target);
    } else if (byId(target.hash.slice(1))?.matches(".row")) {
      event.preventDefault();
      reveal(byId(target.hash.slice(1)));
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Enter" && event.target.matches(".mark")) copy(event.target);
  });
  search.addEventListener("input", update);
  byId("clear").addEventListener("click", () => { clear(); write({}); });
  byId("fold").addEventListener("click", () => { fold(!unfolded); update(); });
  byId("print").addEventListener("click", () => print());
  addEventListener("hashchange", read);

  const measure = () => {
    const toolbar = byId("toolbar");
    const sticky = getComputedStyle(toolbar).position === "sticky";
    document.documentElement.style.setProperty("--bar", sticky ? `${toolbar.offsetHeight}px` : "0px");
  };
  addEventListener("resize", measure);
  measure();
  read();
})();
