// A photo's own words (EXIF: time, place) put into the smaller copy of it. The copy is drawn upright: its turn is taken out.
const HEAD = 256 * 1024; // bytes of a file in which its words stand
const ORIENTATION = 0x0112;

// Sets the first directory's orientation to 1, in place; `at` is where the TIFF header begins.
function upright(view, at) {
  const little = view.getUint16(at) === 0x4949;
  const first = at + view.getUint32(at + 4, little);
  for (let left = view.getUint16(first, little), entry = first + 2; left > 0; left -= 1, entry += 12) {
    if (view.getUint16(entry, little) === ORIENTATION) view.setUint16(entry + 8, 1, little);
  }
}

// The segment of a JPEG that holds its words, its marker included; null where it has none.
async function wordsOf(file) {
  const view = new DataView(await file.slice(0, HEAD).arrayBuffer());
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 10 < view.byteLength; ) {
    const marker = view.getUint16(at);
    const size = view.getUint16(at + 2);
    if (marker < 0xffe0 || marker === 0xffda) return null;
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966 && at + 2 + size <= view.byteLength) {
      upright(view, at + 10);
      return new Uint8Array(view.buffer.slice(at, at + 2 + size));
    }
    at += 2 + size;
  }
  return null;
}

// A JPEG copy with the words of its original; as it is where they cannot be read.
export async function withWords(copy, original) {
  const words = await wordsOf(original).catch(() => null);
  return words ? new Blob([copy.slice(0, 2), words, copy.slice(2)], { type: "image/jpeg" }) : copy;
}
