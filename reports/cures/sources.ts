/** Who proposed or recommended a cure for networks, and what they say that it does. */
export interface Source {
  readonly by: string;
  readonly says: string;
}

/** By the cure's label in the study. */
export const sources: Readonly<Record<string, Source>> = {
  "Adam β₁ = 0.5": { by: "Radford et al. (2016)", says: "0.9 swings and is unstable, 0.5 is stable" },
  "Adam β₁ = 0": { by: "Gulrajani et al. (2017)", says: "no momentum is best (with a gradient penalty)" },
  "Adam β₁ = −0.5": { by: "Gidel et al. (2019), negative momentum", says: "better samples than with any β₁ ≥ 0" },
  RMSprop: { by: "Arjovsky et al. (2017)", says: "stable where Adam with momentum is not (WGAN)" },
  "optimistic Adam": { by: "Daskalakis et al. (2018)", says: "better samples than Adam's" },
  extragradient: { by: "Gidel et al. (2019), variational inequalities", says: "better samples than Adam's" },
  lookahead: { by: "Chavdarova et al. (2021)", says: "better samples, less variance" },
  "TTUR 4": { by: "Heusel et al. (2017)", says: "better samples than with one time scale" },
  "5 critic steps": { by: "Arjovsky et al. (2017)", says: "a critic near its optimum gives better gradients" },
  R1: { by: "Mescheder et al. (2018)", says: "converges where the plain GAN does not" },
  "WGAN-GP": { by: "Gulrajani et al. (2017)", says: "stable training" },
  "spectral normalisation": { by: "Miyato et al. (2018)", says: "more modes, better samples" },
  "falling instance noise": { by: "Sønderby et al. (2017)", says: "stable training" },
  relativistic: { by: "Jolicoeur-Martineau (2019)", says: "more stable, better samples" },
  "unrolled generator": { by: "Metz et al. (2017)", says: "all modes of a ring" },
  "averaged generator": { by: "Yazıcı et al. (2019)", says: "better samples, no cycling" },
};
