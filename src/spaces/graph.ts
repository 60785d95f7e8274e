/** Graph: nodes and the edges between them, each with a value of its own. The space of connectivity. */
import type { JsonValue } from '../json.js'
import { z } from 'zod'
import type { Rng } from '../rng.js'
import { requireWhole } from './choice.js'
import { dtypes } from './dtypes.js'
import { field, hasExactly, isListOf } from './field.js'
import type { GraphHow, GraphJSON, GraphMember, GraphOptions, LinkedNodes } from './graphTypes.js'
import { childJSON, parseSpaceJSON, type SpaceReader } from './parseJson.js'
import { requireSpace } from './parts.js'
import { Space, type Member } from './space.js'

const graphJSON = z.strictObject({ kind: z.literal('Graph'), nodeSpace: childJSON, edgeSpace: childJSON.optional() })

/** As in Gymnasium. */
const DEFAULT_NODES = 10

/** The square of it still fits one 32-bit draw. */
const MAX_NODES = 2 ** 16

const isInt32 = (x: unknown): x is number => typeof x === 'number' && x === (x | 0)

/**
 * Graphs with any number of nodes and directed edges.
 *
 * @example
 * ```ts
 * const wiring = new Graph({ nodeSpace: new Box({ low: 0, high: 1, shape: [2] }), edgeSpace: new Box({ low: -1, high: 1 }) })
 * wiring.sample(rng, { nodeCount: 3, edgeCount: 2 }).edgeLinks // Int32Array(4), entries 0 to 2
 * ```
 */
export class Graph<N extends Space = Space, E extends Space | undefined = undefined> extends Space<GraphMember<N, E>> {
  readonly kind = 'Graph'
  readonly nodeSpace: N
  /** Undefined where edges have no values. */
  readonly edgeSpace: E

  /** @throws Bl1Error `space/invalid` for what is no space */
  constructor({ nodeSpace, edgeSpace }: GraphOptions<N, E>) {
    super()
    requireSpace('Graph', 'nodeSpace', nodeSpace)
    if (edgeSpace !== undefined) requireSpace('Graph', 'edgeSpace', edgeSpace)
    this.nodeSpace = nodeSpace
    // Without an edgeSpace there is nothing to infer E from, so it is its default: undefined.
    this.edgeSpace = edgeSpace as E
  }

  /** Rebuilds a Graph from its JSON. @throws Bl1Error `space/json`, and what its spaces throw */
  static fromJSON(json: unknown, read: SpaceReader): Graph<Space, Space | undefined> {
    const { nodeSpace, edgeSpace } = parseSpaceJSON(graphJSON, json)
    return new Graph<Space, Space | undefined>({ nodeSpace: read(nodeSpace), edgeSpace: edgeSpace && read(edgeSpace) })
  }

  #hasForm(x: unknown): boolean {
    return hasExactly(x, this.edgeSpace === undefined ? ['nodes', 'edgeLinks'] : ['nodes', 'edges', 'edgeLinks'])
  }

  contains(x: unknown): x is GraphMember<N, E> {
    if (!this.#hasForm(x)) return false
    const [nodes, edges, links] = [field(x, 'nodes'), field(x, 'edges'), field(x, 'edgeLinks')]
    if (!isListOf(nodes, (node): node is Member<N> => this.nodeSpace.contains(node)) || !dtypes.int32.is(links)) return false
    if (links.length % 2 !== 0 || !links.every((node) => node >= 0 && node < nodes.length)) return false
    const { edgeSpace } = this
    if (edgeSpace === undefined) return true
    return isListOf(edges, (edge): edge is unknown => edgeSpace.contains(edge)) && edges.length * 2 === links.length
  }

  /** `nodeCount` nodes and `edgeCount` edges, each edge from any node to any. @throws Bl1Error `space/choice` */
  sample(rng: Rng, how: GraphHow<N, E> = {}): GraphMember<N, E> {
    const { nodeCount = DEFAULT_NODES } = how
    requireWhole(this.kind, 'nodeCount', nodeCount, 1, MAX_NODES)
    const { edgeCount = nodeCount > 1 ? rng.integer(nodeCount * (nodeCount - 1)) : 0 } = how
    requireWhole(this.kind, 'edgeCount', edgeCount, 0, MAX_NODES ** 2)
    const nodes = Array.from({ length: nodeCount }, () => this.nodeSpace.sample(rng, how.node))
    const edges = this.#eachEdge(edgeCount, (space) => space.sample(rng, how.edge))
    return this.#member(nodes, edges, Int32Array.from({ length: 2 * edgeCount }, () => rng.integer(nodeCount)))
  }

  /** A value an edge, undefined where edges have none. */
  #eachEdge<T>(count: number, make: (space: Space, i: number) => T): T[] | undefined {
    const { edgeSpace } = this
    return edgeSpace && Array.from({ length: count }, (_, i) => make(edgeSpace, i))
  }

  #member(nodes: readonly unknown[], edges: readonly unknown[] | undefined, edgeLinks: Int32Array): GraphMember<N, E> {
    // The values came from the spaces of this graph, and there are edges where it has a space for them.
    return { nodes, ...(edges && { edges }), edgeLinks } as LinkedNodes<N> as GraphMember<N, E>
  }

  override get structure(): unknown {
    return { kind: this.kind, nodeSpace: this.nodeSpace.structure, edgeSpace: this.edgeSpace?.structure }
  }

  override get flat(): undefined {
    return undefined
  }

  override valueToJSON(value: GraphMember<N, E>): JsonValue {
    const nodes = value.nodes.map((node) => this.nodeSpace.valueToJSON(node))
    const edgeLinks = Array.from(value.edgeLinks)
    const edges = this.#eachEdge(edgeLinks.length / 2, (space, i) => space.valueToJSON(field(field(value, 'edges'), i)))
    return { nodes, ...(edges && { edges }), edgeLinks }
  }

  override valueFromJSON(json: unknown): GraphMember<N, E> {
    const refuse = (): never => this.refuseValue('an object of nodes, edges (where there is an edgeSpace) and edgeLinks', json)
    const [nodes, links] = [field(json, 'nodes'), field(json, 'edgeLinks')]
    if (!this.#hasForm(json) || !Array.isArray(nodes) || !isListOf(links, isInt32) || links.length % 2 !== 0) return refuse()
    if (this.edgeSpace !== undefined && field(field(json, 'edges'), 'length') !== links.length / 2) return refuse()
    const edges = this.#eachEdge(links.length / 2, (space, i) => space.valueFromJSON(field(field(json, 'edges'), i)))
    return this.#member(
      nodes.map((node) => this.nodeSpace.valueFromJSON(node)),
      edges,
      Int32Array.from(links),
    )
  }

  toJSON(): GraphJSON {
    const { edgeSpace } = this
    return { kind: 'Graph', nodeSpace: this.nodeSpace.toJSON(), ...(edgeSpace && { edgeSpace: edgeSpace.toJSON() }) }
  }
}
