/** Synapses under construction: columns that grow, one row a synapse, in the order of the presynaptic cells. */

/** Targets, delays and relative weights so far. */
export class SynapseRows {
  post: Int32Array
  delay: Uint8Array
  relative: Float64Array
  length = 0

  constructor(capacity: number) {
    this.post = new Int32Array(capacity)
    this.delay = new Uint8Array(capacity)
    this.relative = new Float64Array(capacity)
  }

  push(post: number, delay: number, relative: number): void {
    if (this.length === this.post.length) {
      const capacity = Math.ceil(this.length * 1.5) + 64
      const post2 = new Int32Array(capacity)
      post2.set(this.post)
      this.post = post2
      const delay2 = new Uint8Array(capacity)
      delay2.set(this.delay)
      this.delay = delay2
      const relative2 = new Float64Array(capacity)
      relative2.set(this.relative)
      this.relative = relative2
    }
    this.post[this.length] = post
    this.delay[this.length] = delay
    this.relative[this.length] = relative
    this.length++
  }
}
