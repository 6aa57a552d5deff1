/** The font of all figures. */
export const fontFamily = "DejaVu Sans";
