// SPDX-License-Identifier: Apache-2.0
// Answers one JSON request per line with the reference parsers. Binary data travels as {"$binary": base64}.
import { createInterface } from "node:readline";
import { Decoder, Encoder } from "socket.io-parser";
import msgpack from "socket.io-msgpack-parser";
import { decodePayload, encodePayload } from "engine.io-parser";

const pack = (value) => {
  if (Buffer.isBuffer(value)) return { $binary: value.toString("base64") };
  if (value instanceof ArrayBuffer) return { $binary: Buffer.from(value).toString("base64") };
  if (value instanceof Date) return { $date: value.getTime() };
  if (Array.isArray(value)) return value.map(pack);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pack(inner)]));
};

const unpack = (value) => {
  if (Array.isArray(value)) return value.map(unpack);
  if (value === null || typeof value !== "object") return value;
  if (typeof value.$binary === "string") return Buffer.from(value.$binary, "base64");
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unpack(inner)]));
};

const operations = {
  decode({ text, attachments, maxAttachments }) {
    const decoder = new Decoder({ maxAttachments: maxAttachments ?? 10 });
    let packet = null;
    decoder.on("decoded", (decoded) => (packet = decoded));
    try {
      decoder.add(text);
      for (const attachment of attachments ?? []) decoder.add(unpack(attachment));
    } catch (error) {
      return { verdict: "reject", reason: error.message };
    }
    return packet === null ? { verdict: "pending" } : { verdict: "accept", packet: pack(packet) };
  },
  encode({ packet }) {
    const [text, ...attachments] = new Encoder().encode(unpack(packet));
    return { text, attachments: attachments.map(pack) };
  },
  decodeMessagePack({ message }) {
    const decoder = new msgpack.Decoder();
    let packet = null;
    decoder.on("decoded", (decoded) => (packet = decoded));
    try {
      decoder.add(unpack(message));
    } catch (error) {
      return { verdict: "reject", reason: error.message };
    }
    return { verdict: "accept", packet: pack(packet) };
  },
  encodeMessagePack({ packet }) {
    return { message: pack(new msgpack.Encoder().encode(unpack(packet))[0]) };
  },
  decodePayload({ payload }) {
    return { packets: pack(decodePayload(payload)) };
  },
  encodePayload({ packets }) {
    let payload;
    encodePayload(unpack(packets), (encoded) => (payload = encoded));
    return { payload };
  },
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const request = JSON.parse(line);
  process.stdout.write(JSON.stringify(operations[request.operation](request)) + "\n");
});
