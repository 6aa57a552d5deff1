import { bytesField, floatField, integerField, textField } from "../study/export/protobuf.js";

// Fields by number, of onnx.proto (github.com/onnx/onnx).
const model = { irVersion: 1, producer: 2, producerVersion: 3, graph: 7, opset: 8, metadata: 14 } as const;
const opsetId = { version: 2 } as const;
const entry = { key: 1, value: 2 } as const;
const graph = { node: 1, name: 2, initializer: 5, description: 10, input: 11, output: 12 } as const;
const node = { input: 1, output: 2, name: 3, operator: 4, attribute: 5 } as const;
const attribute = { name: 1, float: 2, integer: 3, type: 20, isFloat: 1, isInteger: 2 } as const;
const tensor = { dimension: 1, type: 2, name: 8, bytes: 9 } as const;
const valueInfo = { name: 1, type: 2, description: 3 } as const;
const type = { tensor: 1, element: 1, shape: 2, dimension: 1, length: 1, lengthName: 2 } as const;

/** ONNX's numbers for the types of elements. */
export const elementTypes = { float32: 1, int64: 7, float64: 11 } as const;
type ElementType = keyof typeof elementTypes;

/** The operator set that models are written in: the first with LayerNormalization. */
export const opset = 17;
/** The format's version that came with it. */
const irVersion = 8;

/** An input or an output; a dimension that is a text is free. */
export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
  readonly description: string;
}

/** What an attribute holds: ONNX tells integers from floats. */
type Attribute = { readonly float: number } | { readonly integer: number };

/** An ONNX graph that grows node by node. */
export class OnnxGraph {
  readonly #fields: number[][] = [];
  #names = 0;

  constructor(readonly name: string) {}

  /** Adds a constant tensor; returns its name. */
  constant(shape: readonly number[], data: Float32Array | Float64Array | BigInt64Array): string {
    const name = this.#newName("constant");
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const element: ElementType =
      data instanceof Float32Array ? "float32" : data instanceof Float64Array ? "float64" : "int64";
    this.#fields.push(
      bytesField(graph.initializer, [
        ...shape.flatMap((length) => integerField(tensor.dimension, length)),
        ...integerField(tensor.type, elementTypes[element]),
        ...textField(tensor.name, name),
        ...bytesField(tensor.bytes, bytes),
      ]),
    );
    return name;
  }

  /**
   * Adds a node; returns the name of its output.
   *
   * @param operator of ONNX's own, `Gemm`
   */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    output = this.#newName(operator.toLowerCase()),
  ): string {
    this.#fields.push(
      bytesField(graph.node, [
        ...inputs.flatMap((name) => textField(node.input, name)),
        ...textField(node.output, output),
        ...textField(node.name, `make ${output}`),
        ...textField(node.operator, operator),
        ...Object.entries(attributes).flatMap(([name, value]) =>
          bytesField(node.attribute, attributeFields(name, value)),
        ),
      ]),
    );
    return output;
  }

  input(value: OnnxValue): string {
    this.#fields.push(bytesField(graph.input, valueFields(value)));
    return value.name;
  }

  /** Makes a node's output one of the graph's. */
  output(value: OnnxValue): void {
    this.#fields.push(bytesField(graph.output, valueFields(value)));
  }

  /**
   * The graph as a file, a ModelProto.
   *
   * @param description for people
   * @param metadata texts by name
   */
  encode(version: string, description: string, metadata: Readonly<Record<string, string>>): Uint8Array {
    const body = [
      ...this.#fields.flat(),
      ...textField(graph.name, this.name),
      ...textField(graph.description, description),
    ];
    return Uint8Array.from([
      ...integerField(model.irVersion, irVersion),
      ...textField(model.producer, "ringdown"),
      ...textField(model.producerVersion, version),
      ...bytesField(model.graph, body),
      ...bytesField(model.opset, integerField(opsetId.version, opset)),
      ...Object.entries(metadata).flatMap(([key, value]) =>
        bytesField(model.metadata, [...textField(entry.key, key), ...textField(entry.value, value)]),
      ),
    ]);
  }

  #newName(stem: string): string {
    return `${stem}${this.#names++}`;
  }
}

function attributeFields(name: string, value: Attribute): number[] {
  const content =
    "float" in value
      ? [...floatField(attribute.float, value.float), ...integerField(attribute.type, attribute.isFloat)]
      : [...integerField(attribute.integer, value.integer), ...integerField(attribute.type, attribute.isInteger)];
  return [...textField(attribute.name, name), ...content];
}

function valueFields({ name, type: element, shape, description }: OnnxValue): number[] {
  const dimensions = shape.flatMap((length) =>
    bytesField(
      type.dimension,
      typeof length === "number" ? integerField(type.length, length) : textField(type.lengthName, length),
    ),
  );
  const tensorType = [...integerField(type.element, elementTypes[element]), ...bytesField(type.shape, dimensions)];
  return [
    ...textField(valueInfo.name, name),
    ...bytesField(valueInfo.type, bytesField(type.tensor, tensorType)),
    ...textField(valueInfo.description, description),
  ];
}
