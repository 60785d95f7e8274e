// Access to the record of a culture.
import { REALS_AT, Field, Real } from './fields'

@inline export function address(culture: usize, field: Field): usize {
  return <usize>load<u32>(culture + (<usize>field << 2))
}
@inline export function integer(culture: usize, field: Field): i32 {
  return load<i32>(culture + (<usize>field << 2))
}
@inline export function real(culture: usize, constant: Real): f64 {
  return load<f64>(culture + <usize>REALS_AT + (<usize>constant << 3))
}
/** First cell of a partition; that of the next one is where it ends. */
@inline export function bound(culture: usize, partition: i32): i32 {
  return load<i32>(address(culture, Field.bounds) + (<usize>partition << 2))
}
@inline export function integerAt(column: usize, index: i32): i32 {
  return load<i32>(column + (<usize>index << 2))
}
@inline export function setInteger(column: usize, index: i32, value: i32): void {
  store<i32>(column + (<usize>index << 2), value)
}
@inline export function singleAt(column: usize, index: i32): f32 {
  return load<f32>(column + (<usize>index << 2))
}
@inline export function setSingle(column: usize, index: i32, value: f32): void {
  store<f32>(column + (<usize>index << 2), value)
}
/** exp(-steps dt / tau) from a table of doubles; 0 beyond its end. */
@inline export function decayed(table: usize, length: i32, steps: i32): f64 {
  return steps < length ? load<f64>(table + (<usize>steps << 3)) : 0
}
