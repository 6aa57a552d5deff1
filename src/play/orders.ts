/** The moves that a round is made of; players by their places. */
export interface Turns {
  readonly players: number;
  /** How often each player moves in a round. */
  readonly moves: readonly number[];
  /** Takes a player's gradient at the present parameters of all. */
  evaluate(player: number): void;
  /** Moves a player by its last gradient. */
  move(player: number): void;
  /** The first half of an extragradient step: moves a player to where its second gradient is to be taken. */
  extrapolate(player: number): void;
  /** The second half: takes the player back and moves it by its last gradient. */
  moveFromStart(player: number): void;
  /** Whether every player's last gradient was finite, so that all have moved. */
  allMoved(): boolean;
}

/** An order in which players move in a round. */
export interface Order {
  /** Whether its players extrapolate, for which their optimizers keep where a step began. */
  readonly extrapolates: boolean;
  /** A round: every player's moves. */
  round(turns: Turns): void;
}

/** All but one of the moves that players have in a round, taken before the step of all. */
function takeExtraMoves({ players, moves, evaluate, move }: Turns): void {
  for (let player = 0; player < players; player++) {
    for (let extra = 1; extra < moves[player]; extra++) {
      evaluate(player);
      move(player);
    }
  }
}

function evaluateAll({ players, evaluate }: Turns): void {
  for (let player = 0; player < players; player++) evaluate(player);
}

/** All gradients at the same point, then all moves. */
const simultaneous: Order = {
  extrapolates: false,
  round(turns) {
    takeExtraMoves(turns);
    evaluateAll(turns);
    for (let player = 0; player < turns.players; player++) turns.move(player);
  },
};

/** One after the other, each taking its gradient at the new parameters of those before. */
const alternating: Order = {
  extrapolates: false,
  round({ players, moves, evaluate, move }) {
    for (let player = 0; player < players; player++) {
      for (let k = 0; k < moves[player]; k++) {
        evaluate(player);
        move(player);
      }
    }
  },
};

/** All move, all gradients are taken there, and all move by those from where they were (`extragradient` of src/optim). */
const extragradient: Order = {
  extrapolates: true,
  round(turns) {
    takeExtraMoves(turns);
    evaluateAll(turns);
    for (let player = 0; player < turns.players; player++) turns.extrapolate(player);
    // A player that stayed where it is has nothing to come back from.
    if (!turns.allMoved()) return;
    evaluateAll(turns);
    for (let player = 0; player < turns.players; player++) turns.moveFromStart(player);
  },
};

/** The orders in which players move, by name. */
export const orders = { simultaneous, alternating, extragradient } as const satisfies Record<string, Order>;

/** The name of an order. */
export type OrderName = keyof typeof orders;

export const orderNames = Object.keys(orders) as [OrderName, ...OrderName[]];

/** Order → a line about it, for listings. */
export const orderLines: Readonly<Record<OrderName, string>> = {
  simultaneous: "all gradients at the same point, then all moves",
  alternating: "one after the other, each at the new parameters of those before",
  extragradient: "all look one step ahead, and move by the gradients there from where they were",
};
