type Kernel = (...numbers: number[]) => void;
type Measure = (...numbers: number[]) => number;

/** The exports of kernels.c; vectors are addresses in bytes, arguments in the order of the C source. */
export interface Kernels {
  readonly scratch_size: Measure;
  readonly dense_forward: Kernel;
  readonly activation_backward: Kernel;
  readonly dense_backward_weights: Kernel;
  readonly dense_backward_input: Kernel;
  readonly run_program: Kernel;
  readonly apply: Kernel;
  readonly rmsprop_update: Kernel;
  readonly adam_update: Kernel;
  readonly scale: Kernel;
  readonly add_scaled: Kernel;
  readonly norm: Measure;
  readonly all_finite: Measure;
  readonly fill_normal: Measure;
  readonly normalize: Kernel;
  readonly scale_and_shift: Kernel;
  readonly scale_and_shift_backward: Kernel;
  readonly normalize_backward: Kernel;
  readonly fill_uniform: Kernel;
  readonly softmax: Kernel;
  readonly saturate: Measure;
  readonly lanes: Measure;
}
