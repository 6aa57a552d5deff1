const float = new Float64Array(1);
const words = new Int32Array(float.buffer);

/** Where the half with sign and exponent lies: the second half on every processor that runs WASM the usual way. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** The half of x's 64 bits that holds sign, exponent and the first 20 bits of the fraction, as a signed integer. */
export function highWord(x: number): number {
  float[0] = x;
  return words[HIGH];
}

/** x with its high half replaced. */
export function withHighWord(x: number, high: number): number {
  float[0] = x;
  words[HIGH] = high;
  return float[0];
}

/** The number whose high half is given and whose low half is zero. */
export function fromHighWord(high: number): number {
  words[HIGH] = high;
  words[1 - HIGH] = 0;
  return float[0];
}

/** x rounded to its first 23 bits, halves upwards in size. */
export function roundedTo23Bits(x: number): number {
  float[0] = x;
  const low = words[1 - HIGH] >>> 0;
  const sum = low + 0x80000000;
  words[1 - HIGH] = sum & 0xc0000000;
  if (sum >= 4294967296) words[HIGH]++;
  return float[0];
}
