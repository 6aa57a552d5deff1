/**
 * The bands of frequency, in cycles per step, that the two oscillations of a game keep to: chatter, which overshoots
 * and returns every two to four steps, and the slow cycle, a turn of which takes 50 steps or more.
 */
export const bands = { chatter: { from: 0.25, to: 0.5 }, slowCycle: { from: 0, to: 0.02 } } as const;
