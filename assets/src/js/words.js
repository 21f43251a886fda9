// Sentences that scripts show come from the server, translated, in <script type="application/json" id="words">.
let words = null;

export function word(key, values = {}) {
  if (words === null) {
    const holder = document.getElementById("words");
    words = holder ? JSON.parse(holder.textContent) : {};
  }
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key] ?? key);
}
