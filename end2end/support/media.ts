// Files made on the spot: pictures of a colour, a second of silence, a page of a PDF.
import { deflateSync } from "node:zlib";

/** A file to hand over, as the browser's file chooser takes it. */
export interface Made {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A picture of one colour. */
export function png(name: string, width = 640, height = 480, [r, g, b] = [40, 90, 160]): Made {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([r, g, b]))]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.concat(Array<Buffer>(height).fill(row));
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  const buffer = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]);
  return { name, mimeType: "image/png", buffer };
}

/** So many seconds of silence. */
export function wav(name: string, seconds = 30): Made {
  const rate = 8_000;
  const sound = Buffer.alloc(rate * seconds, 128);
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + sound.length, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36);
  header.writeUInt32LE(sound.length, 40);
  return { name, mimeType: "audio/wav", buffer: Buffer.concat([header, sound]) };
}

/** Words in a file of their own. */
export function words(name: string, content: string): Made {
  return { name, mimeType: "text/plain", buffer: Buffer.from(content) };
}

function chunk(kind: string, content: Buffer): Buffer {
  const checked = Buffer.concat([Buffer.from(kind), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc(checked));
  return Buffer.concat([length, checked, sum]);
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
