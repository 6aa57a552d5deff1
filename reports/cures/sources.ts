/** Who proposed or recommended a cure for networks, by its label in the study. All say that it helps. */
export const sources: Readonly<Record<string, string>> = {
  "Adam β₁ = 0.5": "Radford et al. (2016)",
  "Adam β₁ = 0": "Gulrajani et al. (2017)",
  "Adam β₁ = −0.5": "Gidel et al. (2019), negative momentum",
  RMSprop: "Arjovsky et al. (2017)",
  "optimistic Adam": "Daskalakis et al. (2018)",
  extragradient: "Gidel et al. (2019), variational inequalities",
  lookahead: "Chavdarova et al. (2021)",
  "TTUR 4": "Heusel et al. (2017)",
  "5 critic steps": "Arjovsky et al. (2017)",
  R1: "Mescheder et al. (2018)",
  "WGAN-GP": "Gulrajani et al. (2017)",
  "spectral normalisation": "Miyato et al. (2018)",
  "falling instance noise": "Sønderby et al. (2017)",
  relativistic: "Jolicoeur-Martineau (2019)",
  "averaged generator": "Yazıcı et al. (2019)",
};
