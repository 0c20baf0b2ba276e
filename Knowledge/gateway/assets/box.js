// The comment box of her own site. It asks the gateway it came from and nobody else, and keeps nothing in the browser.
// <script src="https://comments.example/box.js" data-thread="page-1" async></script>
(function () {
  "use strict";
  var script = document.currentScript;
  if (!script || !script.dataset.thread) return;
  var base = new URL(script.src).origin;
  var thread = encodeURIComponent(script.dataset.thread);
  var words = __WORDS__;
  var wanted = script.dataset.lang || document.documentElement.lang || navigator.language || "ja";
  var say = words[wanted.slice(0, 2)] || words.ja;
  var api = base + "/v1/threads/" + thread + "/comments";
  var ids = "akashi-" + script.dataset.thread.replace(/[^A-Za-z0-9]/g, "") + "-";

  function make(name, marks, inside) {
    var element = document.createElement(name);
    for (var mark in marks || {}) {
      if (mark === "text") element.textContent = marks[mark];
      else element.setAttribute(mark, marks[mark]);
    }
    (inside || []).forEach(function (child) { element.appendChild(child); });
    return element;
  }
  function key() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (byte) { return (256 + byte).toString(16).slice(1); }).join("");
  }
  // A link that was there for browsers without script is no longer needed.
  var host = make("section", { "class": "akashi-host", "aria-label": say.heading });
  script.parentNode.insertBefore(host, script);
  // The site's own style does not reach in, and ours does not reach out.
  var root = host.attachShadow ? host.attachShadow({ mode: "open" }) : host;
  var count = make("p", { "class": "count" });
  var list = make("ol", { "class": "comments" });
  var more = make("button", { "class": "more", type: "button", text: say.more, hidden: "" });
  var notice = make("p", { role: "status", "class": "notice", hidden: "" });
  var name = make("input", { id: ids + "name", maxlength: "60", autocomplete: "nickname" });
  var text = make("textarea", { id: ids + "text", rows: "5", maxlength: "4000", required: "" });
  var trap = make("input", { id: ids + "site", tabindex: "-1", autocomplete: "off" });
  var send = make("button", { text: say.send });
  var form = make("form", {}, [
    make("p", {}, [make("label", { "for": name.id, text: say.name }), name]),
    make("p", {}, [make("label", { "for": text.id, text: say.text }), text]),
    make("p", { "class": "trap", "aria-hidden": "true" }, [make("label", { "for": trap.id, text: say.trap }), trap]),
    make("p", { "class": "small", text: say.rules + " " + say.promise }),
    make("p", {}, [send]), notice
  ]);
  root.appendChild(make("link", { rel: "stylesheet", href: base + "/box.css" }));
  root.appendChild(make("div", { "class": "akashi-box", lang: say === words.en ? "en" : "ja" },
    [make("h2", { text: say.heading }), count, list, make("p", {}, [more]), form]));

  function tell(words, isProblem) {
    notice.textContent = words;
    notice.className = "notice" + (isProblem ? " problem" : "");
    notice.hidden = false;
  }
  function show(comment) {
    var at = new Date(comment.at);
    var lines = comment.text.split("\n").filter(Boolean).map(function (line) { return make("p", { text: line }); });
    list.appendChild(make("li", comment.owner ? { "class": "owner" } : {}, [
      make("p", { "class": "who" }, [
        make("b", { text: comment.owner ? say.answer : comment.name || say.nameless }),
        make("time", { datetime: comment.at, text: at.toLocaleString(say === words.en ? "en" : "ja", { dateStyle: "medium", timeStyle: "short" }) })
      ])
    ].concat(lines)));
  }
  function load(after) {
    return fetch(api + (after ? "?after=" + encodeURIComponent(after) : ""), { credentials: "omit", referrerPolicy: "no-referrer" })
      .then(function (answer) { if (!answer.ok) throw new Error(); return answer.json(); })
      .then(function (page) {
        if (!after) list.textContent = "";
        page.comments.forEach(show);
        count.textContent = page.count ? say.count.replace("{count}", page.count) : say.empty;
        more.hidden = !page.next;
        more.onclick = function () { load(page.next); };
      });
  }
  var sending = key();
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    send.disabled = true;
    tell(say.sending, false);
    fetch(api, {
      method: "POST", credentials: "omit", referrerPolicy: "no-referrer",
      headers: { "Content-Type": "application/json", "Idempotency-Key": sending },
      body: JSON.stringify({ name: name.value, text: text.value, website: trap.value })
    }).then(function (answer) {
      if (answer.status === 429) return tell(say["sent.too-fast"], true);
      if (answer.status === 422) return tell(say["sent.unreadable"], true);
      if (!answer.ok) throw new Error();
      return answer.json().then(function (done) {
        text.value = "";
        // What is sent next is another comment; a failed sending keeps its key, so that trying again sends once.
        sending = key();
        tell(done.shown ? say["sent.shown"] : say["sent.waits"], false);
        if (done.shown) return load();
      });
    }).catch(function () { tell(say.failed, true); }).then(function () { send.disabled = false; });
  });
  load().catch(function () { tell(say.failed, true); });
})();
