// Photos as they were taken, with their own time and place; smaller only where the person wishes, or where the format is
// one that the server does not read.
const LONGEST = 2560; // pixels
const READ = new Set(["image/jpeg", "image/png"]);
export const MOST = 40;

async function smaller(file) {
  const drawn = await createImageBitmap(file);
  const share = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
  if (share === 1 && READ.has(file.type)) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(drawn.width * share);
  canvas.height = Math.round(drawn.height * share);
  canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
}

export async function taken(file, shrink) {
  const blob = shrink || !READ.has(file.type) ? await smaller(file).catch(() => file) : file;
  const bytes = await blob.arrayBuffer(); // the file itself may be gone after a restart
  return { blob: new Blob([bytes], { type: blob.type }), name: file.name || "photo.jpg", sha256: await sha256(bytes) };
}

// Empty in browsers without HTTPS, which cannot tell it; the server then checks the size alone.
async function sha256(bytes) {
  if (!crypto.subtle) return "";
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...sum].map((one) => one.toString(16).padStart(2, "0")).join("");
}
