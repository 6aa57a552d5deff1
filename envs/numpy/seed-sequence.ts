const POOL = 4;
const u32 = (x: number) => x >>> 0;

/**
 * NumPy's `SeedSequence(seed)`: mixes a seed of any size into a pool of four 32-bit words and draws words from it.
 *
 * Source: O'Neill (2015), "Developing a seed_seq alternative"; `numpy/random/bit_generator.pyx`.
 *
 * @param seed a non-negative integer
 * @param count words wanted
 */
export function seedSequence(seed: number, count: number): Uint32Array {
  const entropy = wordsOf(seed);
  const pool = new Uint32Array(POOL);
  let constant = 0x43b0d7e5;
  const hash = (value: number): number => {
    let x = u32(value ^ constant);
    constant = u32(Math.imul(constant, 0x931e8875));
    x = u32(Math.imul(x, constant));
    return u32(x ^ (x >>> 16));
  };
  const mix = (x: number, y: number): number => {
    const result = u32(Math.imul(x, 0xca01f9dd) - Math.imul(y, 0x4973f715));
    return u32(result ^ (result >>> 16));
  };
  for (let i = 0; i < POOL; i++) pool[i] = hash(entropy[i] ?? 0);
  for (let from = 0; from < POOL; from++) {
    for (let to = 0; to < POOL; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  }
  let drawn = 0x8b51f9dd;
  return Uint32Array.from({ length: count }, (_, i) => {
    let x = u32(pool[i % POOL] ^ drawn);
    drawn = u32(Math.imul(drawn, 0x58f38ded));
    x = u32(Math.imul(x, drawn));
    return u32(x ^ (x >>> 16));
  });
}

/** 32-bit words, the lowest first; a safe integer has at most two. */
function wordsOf(seed: number): number[] {
  const high = Math.floor(seed / 0x1_0000_0000);
  return high === 0 ? [u32(seed)] : [u32(seed), high];
}
