// A photo as it was taken, and of a large one a copy of 2,560 px that goes first, with its time and place; the copy alone
// where the person wishes so, or where the format is one that the server does not read.
import { withWords } from "./exif.js";

const LONGEST = 2560; // pixels
const SHOWN = 240; // pixels, on this phone's list
const READ = new Set(["image/jpeg", "image/png"]);
export const MOST = 40;

function byElement(file) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    const address = URL.createObjectURL(file);
    image.onload = () => (URL.revokeObjectURL(address), resolve(image));
    image.onerror = () => (URL.revokeObjectURL(address), reject(new Error("picture")));
    image.src = address;
  });
}

// Browsers without createImageBitmap, or which cannot read this format by it, draw an element.
const drawn = async (file) => (await globalThis.createImageBitmap?.(file).catch(() => null)) ?? byElement(file);

function canvasOf(picture, longest) {
  const share = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * share));
  canvas.height = Math.max(1, Math.round(picture.height * share));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function smaller(picture, file) {
  const copy = await new Promise((resolve) => canvasOf(picture, LONGEST).toBlob(resolve, "image/jpeg", 0.85));
  return copy && withWords(copy, file);
}

async function part(blob) {
  const bytes = await blob.arrayBuffer(); // the file itself may be gone after a restart
  return { blob: new Blob([bytes], { type: blob.type }), sha256: await sha256(bytes) };
}

// {whole, copy, shown}: what is kept and sent (`copy` null where there is no need of one), and a picture for the list.
export async function taken(file, only) {
  const picture = await drawn(file).catch(() => null);
  const read = READ.has(file.type);
  const large = picture !== null && Math.max(picture.width, picture.height) > LONGEST;
  const copy = picture && (large || !read) ? await smaller(picture, file) : null;
  const shown = picture ? canvasOf(picture, SHOWN).toDataURL("image/jpeg", 0.7) : "";
  picture?.close?.();
  if (!copy || (read && copy.size >= file.size)) return { whole: await part(file), copy: null, shown };
  if (only || !read) return { whole: await part(copy), copy: null, shown };
  return { whole: await part(file), copy: await part(copy), shown };
}

// Empty in browsers without HTTPS, which cannot tell it; the server then checks the size alone.
async function sha256(bytes) {
  if (!globalThis.crypto?.subtle) return "";
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...sum].map((one) => one.toString(16).padStart(2, "0")).join("");
}
