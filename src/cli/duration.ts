/** `45 s`, `2 min 10 s`, `3 h 20 min`, `2 d 5 h`: two units at most, the smaller one rounded. */
export function duration(seconds: number): string {
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3570) return join(Math.round(seconds / 10) * 10, [60, "min"], [1, "s"]);
  if (seconds < 84_600) return join(Math.round(seconds / 600) * 600, [3600, "h"], [60, "min"]);
  return join(Math.round(seconds / 3600) * 3600, [86_400, "d"], [3600, "h"]);
}

type Unit = readonly [seconds: number, name: string];

function join(total: number, [large, name]: Unit, [small, smallName]: Unit): string {
  const rest = Math.round((total % large) / small);
  return [`${Math.floor(total / large)} ${name}`, ...(rest === 0 ? [] : [`${rest} ${smallName}`])].join(" ");
}
