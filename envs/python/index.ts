/**
 * Environments of the Python package gymnasium: `PythonEnv.create('CartPole-v1')`. Importing this module registers `Python-v0` for `make`;
 * importing `register.js` alone does so without loading the bridge. Needs Node, and a Python with gymnasium (`npx bl1 setup doom`).
 */
import './register.js'

export { PythonEnv, type PythonInfo } from './env.js'
export { PYTHON_ENV_ID, pythonEnvParameters, type PythonEnvOptions, type PythonEnvParameters } from './parameters.js'
