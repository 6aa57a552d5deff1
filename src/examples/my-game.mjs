/**
 * A game of one's own: two firms set amounts x and y at a price 1 − x − y (Cournot), and each ascends its profit,
 *
 *     losses  −x (1 − x − y),  −y (1 − x − y);     gradients  2x + y − 1,  2y + x − 1
 *
 * with its equilibrium at (1/3, 1/3), which the measures are taken around.
 *
 *     ringdown play custom --set game.module=./my-game.mjs --set optimizer.lr=0.1
 */
export default function cournot({ start = [0.9, 0.1] }) {
  const players = ["x", "y"].map((name, i) => ({
    name,
    parameters: Float64Array.of(start[i]),
    gradients: new Float64Array(1),
  }));
  const amount = (player) => players[player].parameters[0];
  return {
    name: "cournot",
    players,
    gradient(player) {
      const [own, other] = [amount(player), amount(1 - player)];
      players[player].gradients[0] = 2 * own + other - 1;
      return -own * (1 - own - other);
    },
    observables: ["x", "y"],
    observe(out) {
      out.set([amount(0), amount(1)]);
    },
    // What follows may be left out: closed forms stand beside the measurements where it is there.
    jacobian(out) {
      out.set([2, 1, 1, 2]);
    },
    equilibria: [[1 / 3, 1 / 3]],
    linear: true,
  };
}
