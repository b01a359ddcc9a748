/** Writes zip archives for tests, also wrong ones. */

import { crc32, deflateRawSync } from 'node:zlib';

interface Changes {
  /** Takes the place of each entry's flags, method or size. */
  readonly flags?: number;
  readonly method?: number;
  readonly size?: number;
  /** All entries lie where the first one does. */
  readonly isShared?: boolean;
}

/** An archive of these files, deflated. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>, changes: Changes = {}): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const name = Buffer.from(path);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(changes.flags ?? 0x800, 2);
    fields.writeUInt16LE(changes.method ?? 8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(changes.size ?? bytes.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(changes.isShared ? 0 : at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, place, name);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed]);
    pieces.push(local);
    at += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...pieces, entries, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
