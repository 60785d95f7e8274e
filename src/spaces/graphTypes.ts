/** The types of a Graph: its options, its values, what its draws take. */
import type { HowOf, Member, Space, SpaceJSON } from './space.js'

/** What a Graph is built from. */
export interface GraphOptions<N extends Space, E extends Space | undefined> {
  /** What the values of nodes are members of: any space. */
  readonly nodeSpace: N
  /** What the values of edges are members of. @default edges have no values */
  readonly edgeSpace?: E
}

/** What every graph has. */
export interface LinkedNodes<N extends Space> {
  /** The value of each node. */
  readonly nodes: readonly Member<N>[]
  /** Two numbers an edge: the nodes it goes from and to. */
  readonly edgeLinks: Int32Array
}

/** The values of a Graph. `edges` is there where the space has an edgeSpace: one value an edge. */
export type GraphMember<N extends Space, E extends Space | undefined> = E extends Space
  ? LinkedNodes<N> & { readonly edges: readonly Member<E>[] }
  : LinkedNodes<N>

/** Restricts or weighs a draw. */
export interface GraphHow<N extends Space, E extends Space | undefined> {
  /** How many nodes. @default 10 */
  readonly nodeCount?: number
  /** How many edges. @default any number below nodeCount * (nodeCount - 1), and 0 for a single node */
  readonly edgeCount?: number
  /** How each node is drawn: what the `sample` of its space takes. */
  readonly node?: HowOf<N>
  /** How the value of each edge is drawn. */
  readonly edge?: E extends Space ? HowOf<E> : never
}

/** A Graph as plain JSON. */
export interface GraphJSON extends SpaceJSON {
  readonly kind: 'Graph'
  readonly nodeSpace: SpaceJSON
  readonly edgeSpace?: SpaceJSON
}
