/** The practice phone as one HTML page that needs nothing from anywhere else. */
export const phonePage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Practice phone</title>
<link rel="icon" href="data:,">
<style>
:root {
  color-scheme: light dark;
  --page: light-dark(#eef0f4, #101319);
  --card: light-dark(#ffffff, #1a1e27);
  --line: light-dark(#d5d9e2, #333a48);
  --text: light-dark(#1a1e27, #e9ecf3);
  --quiet: light-dark(#555d6e, #a5adbd);
  --accent: light-dark(#1d5fd0, #8ab4ff);
  --on-accent: light-dark(#ffffff, #0c1a33);
  --danger: light-dark(#b3261e, #ffb4ab);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; display: grid; gap: 1.25rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: 0; }
.quiet { color: var(--quiet); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem; }
li { display: flex; gap: .75rem; align-items: center; justify-content: space-between; flex-wrap: wrap; }
li.ask { display: block; border-inline-start: 4px solid var(--accent); padding-inline-start: .75rem; }
.text { min-width: 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; margin: .25rem 0 .75rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; unicode-bidi: isolate; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
textarea, select { width: 100%; font: inherit; color: inherit; background: var(--page); border: 1px solid var(--quiet); border-radius: 8px; padding: .5rem; margin-bottom: .75rem; }
button { font: inherit; font-weight: 600; min-height: 2.5rem; padding: 0 1rem; border-radius: 8px; border: 1px solid var(--quiet); background: transparent; color: inherit; cursor: pointer; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.danger { color: var(--danger); border-color: currentColor; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.buttons { display: flex; gap: .5rem; }
</style>
</head>
<body>
<main>
  <header><h1>Practice phone</h1><p class="quiet">Stands in for the app on people’s phones. Nothing leaves this computer.</p></header>
  <section aria-labelledby="waiting"><h2 id="waiting">Waiting for an answer</h2><ul id="approvals"></ul></section>
  <section aria-labelledby="scan-title">
    <h2 id="scan-title">Scan a code</h2>
    <form id="scan">
      <label for="device">Device</label>
      <select id="device"></select>
      <label for="payload">What the code says</label>
      <textarea id="payload" rows="2" spellcheck="false"></textarea>
      <button class="main" type="submit">Scan</button>
    </form>
    <p id="result" role="status" class="quiet"></p>
  </section>
  <section aria-labelledby="screens-title"><h2 id="screens-title">Codes on screens now</h2><ul id="screens"></ul></section>
  <section aria-labelledby="devices-title"><h2 id="devices-title">Devices</h2><ul id="devices"></ul></section>
</main>
<script src="/phone.js"></script>
</body>
</html>`;
