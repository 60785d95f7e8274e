/** Networks: layers of matrix products and convolutions, with first weights from a seed, and saved weights. */
export { activationNames, activations, type Activation } from './activation.js'
export { convolution, type ConvolutionOptions } from './convolution.js'
export { linear, type LinearOptions } from './linear.js'
export { mlp, type MlpOptions } from './mlp.js'
export type { Network } from './network.js'
export { networkParameters, type NetworkParameters } from './parameters.js'
export { loadVariables, saveVariables, savedTensors, type SavedTensor } from './savedTensors.js'
export { makeVariable, variableName } from './variable.js'
