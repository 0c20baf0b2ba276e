"use strict";
// The one thing that this extension does: when she presses the button, it takes the page as she sees it (the document, and a
// picture of the whole of it) and sends that to her desk on this computer. It reads nothing before and sends nothing elsewhere.
const api = globalThis.browser ?? globalThis.chrome;
const $ = (id) => document.getElementById(id);
const say = (text) => { $("said").textContent = text; };
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** `52113-XXXXXXXX…`: the desk's port, and a secret that is good until the desk closes. */
function parse(code) {
  const match = /^\s*(\d{2,5})-([A-Za-z0-9_-]{20,})\s*$/.exec(code);
  return match ? { port: Number(match[1]), secret: match[2] } : null;
}

async function paired() { return (await api.storage.session.get("pair")).pair ?? null; }

async function currentTab() {
  const wanted = Number(new URLSearchParams(location.search).get("tab"));
  if (wanted) return api.tabs.get(wanted);
  return (await api.tabs.query({ active: true, currentWindow: true }))[0];
}

async function inPage(tab, func, ...args) {
  const [answer] = await api.scripting.executeScript({ target: { tabId: tab.id }, func, args });
  return answer.result;
}

/** The document: MHTML where the browser can, otherwise what stands in it. */
async function documentOf(tab) {
  if (api.pageCapture) {
    try {
      const blob = await api.pageCapture.saveAsMHTML({ tabId: tab.id });
      if (blob) return { name: "page.mhtml", blob };
    } catch (error) { console.warn(String(error)); }
  }
  const html = await inPage(tab, () => {
    const type = document.doctype ? new XMLSerializer().serializeToString(document.doctype) : "";
    return type + document.documentElement.outerHTML;
  });
  return { name: "page.html", blob: new Blob([html], { type: "text/html" }) };
}

/** A picture of the whole page: one screen after the other, put together. */
async function pictureOf(tab) {
  const size = await inPage(tab, () => ({
    width: innerWidth, height: innerHeight, whole: Math.max(document.documentElement.scrollHeight, innerHeight),
    x: scrollX, y: scrollY, ratio: devicePixelRatio,
  }));
  const whole = Math.min(size.whole, 20000);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(size.width * size.ratio);
  canvas.height = Math.min(Math.round(whole * size.ratio), 30000);
  const drawing = canvas.getContext("2d");
  let screens = 0;
  for (let top = 0; top < whole; top += size.height) {
    const at = await inPage(tab, (y) => { scrollTo(0, y); return scrollY; }, top);
    // Browsers allow about two pictures a second.
    await pause(screens ? 600 : 150);
    const picture = await api.tabs.captureVisibleTab(tab.windowId, { format: "png" });
    const bitmap = await createImageBitmap(await (await fetch(picture)).blob());
    drawing.drawImage(bitmap, 0, Math.round(at * size.ratio));
    screens += 1;
  }
  await inPage(tab, (x, y) => { scrollTo(x, y); }, size.x, size.y);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return { blob, screens, isCut: whole < size.whole, size };
}

async function keep() {
  const pair = await paired();
  const tab = await currentTab();
  $("go").disabled = true;
  try {
    say("ページを写しています");
    const clicked = new Date();
    const page = await documentOf(tab);
    let picture = null;
    let failure = "";
    try { picture = await pictureOf(tab); } catch (error) { failure = String(error).slice(0, 200); }
    const form = new FormData();
    form.append("about", JSON.stringify({
      url: tab.url, title: tab.title, clickedAt: clicked.toISOString(), userAgent: navigator.userAgent,
      document: page.name, picture: picture ? { screens: picture.screens, isCut: picture.isCut, ...picture.size } : null, failure,
    }));
    form.append("page", page.blob, page.name);
    if (picture) form.append("picture", picture.blob, "full-page.png");
    say("机に送っています");
    const answer = await fetch(`http://127.0.0.1:${pair.port}/extension/${pair.secret}`, { method: "POST", body: form, credentials: "omit" });
    if (!answer.ok) throw new Error(String(answer.status));
    say(picture ? "しまいました。" : "ページはしまいました。写真は撮れませんでした。");
  } catch (error) {
    console.warn(String(error));
    say("しまえませんでした。机が開いているか見て、番号を入れなおしてください。");
  }
  $("go").disabled = false;
}

async function show() {
  const pair = await paired();
  $("pair").hidden = Boolean(pair);
  $("keep").hidden = !pair;
  if (pair) $("address").textContent = (await currentTab())?.url ?? "";
}

$("pair").addEventListener("submit", async (event) => {
  event.preventDefault();
  const pair = parse($("code").value);
  if (!pair) { say("番号の形がちがいます。机に出ているとおりに入れてください。"); return; }
  await api.storage.session.set({ pair });
  say("");
  await show();
});
$("go").addEventListener("click", keep);
$("forget").addEventListener("click", async () => { await api.storage.session.remove("pair"); await show(); });
show();
