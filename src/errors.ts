/**
 * Every error the library throws, in one room: a code, the data behind it, and the wording.
 *
 * A message says what was expected, what came, and what to do. Codes are stable and meant to be tested against; wording may improve.
 * Rooms add their codes to {@link wording}, grouped by room, and nowhere else.
 */
import type { JsonObject } from './json.js'

const list = (items: readonly (string | number)[]): string => items.join(', ')
const hint = (suggestion: string | undefined): string => (suggestion === undefined ? '' : ` Did you mean '${suggestion}'?`)

const wording = {
  // parameters and configuration
  'parameter/unknown': (d: { path: string; known: readonly string[]; suggestion: string | undefined; where: string }) =>
    `${d.where}: '${d.path}' is not a known key.${hint(d.suggestion)} Known keys here: ${list(d.known)}.`,
  'parameter/invalid': (d: { path: string; expected: string; received: string; where: string; remedy: string }) =>
    `${d.where}: '${d.path}' must be ${d.expected}, but it is ${d.received}. ${d.remedy}`,

  // seeds and random streams
  'rng/seed': (d: { received: string }) =>
    `A seed is a whole number from 0 to 2^53 - 1, but ${d.received} came. Pass for example { seed: 7 }.`,
  'rng/integer': (d: { received: string }) =>
    `Rng.integer(n) draws one of n whole numbers, 1 to 2^32 of them, but n is ${d.received}. Rng.between draws between any two numbers.`,
  'rng/state': (d: { reason: string }) =>
    `This is not a saved random stream (${d.reason}). Pass what Rng.save() returned, unchanged.`,

  // spaces
  'space/box': (d: { expected: string; received: string }) =>
    `A Box needs ${d.expected}, but ${d.received} came. Change low, high, shape or dtype.`,
  'space/discrete': (d: { name: string; received: string }) =>
    `A Discrete needs whole numbers, n from 1 to 2^32, but ${d.name} is ${d.received}. For three choices write new Discrete({ n: 3 }).`,
  'space/invalid': (d: { kind: string; expected: string; received: string }) =>
    `A ${d.kind} needs ${d.expected}, but ${d.received} came. Change the options of new ${d.kind}(...).`,
  'space/choice': (d: { kind: string; expected: string; received: string }) =>
    `${d.kind}.sample takes ${d.expected}, but ${d.received} came. Correct its second argument, or leave it out to draw from all members.`,
  'space/batch': (d: { expected: string; received: string }) =>
    `A batch needs ${d.expected}, but ${d.received} came. Make batches with createEmptyArray(space, n) or concatenate(space, values).`,
  'space/shared': (d: { kind: string }) =>
    `Values of a ${d.kind} have no fixed size, so shared memory cannot hold them. Use createEmptyArray, or a space of arrays and numbers only.`,
  'space/flatten': (d: { reason: string }) =>
    `A value cannot be turned into a flat array or back (${d.reason}). See isFlattenable(space) and flatdim(space).`,
  'space/value': (d: { kind: string; expected: string; received: string }) =>
    `A value of a ${d.kind} needs to be ${d.expected}, but ${d.received} came. Pass what valueToJSON returned, unchanged.`,
  'space/kind': (d: { kind: string }) => `A kind of space '${d.kind}' is registered already. Give yours another kind.`,
  'space/json': (d: { reason: string }) => `This is not a space in JSON (${d.reason}). Pass what space.toJSON() returned, unchanged.`,

  // environments
  'env/not-reset': (d: { id: string; doing: string }) =>
    `${d.id}: ${d.doing} needs a started episode, but reset() was not called. Call reset() first.`,
  'env/over': (d: { id: string }) => `${d.id}: the episode has ended, so there is nothing to step. Call reset() to start the next one.`,
  'env/closed': (d: { id: string; doing: string }) =>
    `${d.id}: ${d.doing} needs an open environment, but close() was called. Make a new one.`,
  'env/busy': (d: { id: string; doing: string; busyWith: string }) =>
    `${d.id}: ${d.doing} was called while ${d.busyWith} had not answered yet. Await each call before the next.`,
  'env/action': (d: { id: string; expected: string; received: string }) =>
    `${d.id}: an action must be a member of ${d.expected}, but ${d.received} came. See env.actionSpace or env.sampleAction().`,
  'env/render-mode': (d: { id: string; modes: readonly string[]; received: string }) =>
    `${d.id}: renderMode must be one of ${list(d.modes)} or left out, but it is '${d.received}'.`,
  'env/state': (d: { id: string; reason: string }) =>
    `${d.id}: this is not a saved state (${d.reason}). Pass what save() returned, unchanged.`,
  'env/id': (d: { id: string }) => `An environment id reads [namespace/]Name[-vN], for example 'Pong-v0', but it is '${d.id}'.`,
  'env/unknown': (d: { id: string; known: readonly string[]; suggestion: string | undefined }) =>
    `No environment '${d.id}' is registered.${hint(d.suggestion)} Registered: ${list(d.known)}. Import the module that registers it first.`,
  'env/namespace': (d: { id: string; namespace: string; known: readonly string[]; suggestion: string | undefined }) =>
    `No environment '${d.id}' is registered: there is no namespace '${d.namespace}'.${hint(d.suggestion)} Namespaces: ${d.known.length > 0 ? list(d.known) : 'none'}. Import the module that registers it first.`,
  'env/version': (d: { id: string; known: readonly string[] }) =>
    `No environment '${d.id}' is registered, but there is ${list(d.known)}. Ask for one of these, version included.`,
  'env/duplicate': (d: { id: string }) => `An environment '${d.id}' is registered already. Give the new one another name or version.`,
  'env/spec': (d: { expected: string; received: string }) => `An environment spec needs ${d.expected}, but ${d.received} came.`,
  'env/wrapper-unknown': (d: { name: string; known: readonly string[]; suggestion: string | undefined }) =>
    `No wrapper '${d.name}' is registered.${hint(d.suggestion)} Registered: ${list(d.known)}. Import 'bl1/wrappers', or the module that calls registerWrapper for it.`,
  'env/wrapper-duplicate': (d: { name: string }) => `A wrapper '${d.name}' is registered already. Give the new one another name.`,
  'env/wrapper-render': (d: { id: string; wrapper: string; modes: readonly string[]; received?: string | undefined }) =>
    `${d.id}: ${d.wrapper} needs pictures, but the environment has ${d.received === undefined ? 'no renderMode' : `renderMode '${d.received}'`}. Make it with a renderMode${d.modes.length > 0 ? ` (${list(d.modes)})` : ', if it has any'}.`,
  'env/wrapper-observation': (d: { id: string; wrapper: string; expected: string; received: string }) =>
    `${d.id}: the wrapper ${d.wrapper} declares the observation space ${d.expected}, but its observation is ${d.received}. Correct its observationSpace or its onObservation.`,
  'env/wrapper-action': (d: { id: string; wrappers: readonly string[]; reason: string }) =>
    `${d.id}: a wrapper (${list(d.wrappers)}) turned a valid action into one that the environment inside refuses: ${d.reason} Correct its actionSpace or its onAction.`,
  'env/wrapper-space': (d: { id: string; wrapper: string; expected: string; received: string }) =>
    `${d.id}: the wrapper ${d.wrapper} needs ${d.expected}, but this environment has ${d.received}. Put another wrapper first, or leave this one out.`,
  'env/check': (d: { id: string; findings: readonly string[] }) => `${d.id} breaks the contract of environments:\n${d.findings.join('\n')}`,
  'env/broken': (d: { id: string; rules: readonly string[] }) =>
    `${d.id} breaks ${d.rules.length === 1 ? 'a rule' : `${d.rules.length} rules`} of environments: ${list(d.rules)}. The report says where; correct the environment and check again.`,

  // wrappers
  'wrapper/name-taken': (d: { name: string }) =>
    `Another function is named '${d.name}' already, so a spec could not tell them apart. Choose another name, or name the same function once.`,
  'wrapper/function': (d: { wrapper: string; name: string | undefined; known: readonly string[]; suggestion: string | undefined }) =>
    d.name === undefined
      ? `${d.wrapper}: the spec holds a function without a name, which JSON cannot bring back. Write named('my-function', fn) when wrapping, and again before make(spec).`
      : `${d.wrapper}: no function is named '${d.name}'.${hint(d.suggestion)} Named: ${d.known.length > 0 ? list(d.known) : 'none'}. Call named('${d.name}', fn) before make(spec).`,

  // vector environments
  'vector/envs': (d: { expected: string; received: string }) =>
    `A vector environment needs ${d.expected}, but ${d.received} came. Make every environment from the same options.`,
  'vector/check': (d: { findings: readonly string[] }) => `This vector environment breaks the contract of vector environments:\n${d.findings.join('\n')}`,
  'vector/actions': (d: { count: number; received: string }) =>
    `step() takes one action for each of the ${d.count} environments, but ${d.received} came. Nothing was stepped. A batch of actions goes through iterate(vec.singleActionSpace, batch).`,
  'vector/action': (d: { index: number; expected: string; received: string }) =>
    `The action of environment ${d.index} must be a member of ${d.expected}, but ${d.received} came. Nothing was stepped.`,
  'vector/reset': (d: { expected: string; received: string }) => `reset() takes ${d.expected}, but ${d.received} came. Nothing was reset.`,
  'vector/not-reset': (d: { indices: readonly number[]; doing: string }) =>
    `${d.doing} needs a started episode in every environment, but ${list(d.indices)} had no reset(). Call reset() without a mask first.`,
  'vector/over': (d: { indices: readonly number[] }) =>
    `The episodes of the environments ${list(d.indices)} have ended, so there is nothing to step. Call reset({ mask }) for them, or use autoreset 'sameStep'.`,
  'vector/closed': (d: { doing: string; reason: string }) =>
    `${d.doing} needs an open vector environment, but this one was closed: ${d.reason} Make a new one.`,
  'vector/busy': (d: { doing: string; busyWith: string }) =>
    `${d.doing} was called while ${d.busyWith} had not answered yet. Await each call before the next.`,
  'vector/env-failed': (d: { index: number; count: number; doing: string; reason: string }) =>
    `Environment ${d.index} of ${d.count} failed in ${d.doing}: ${d.reason} All were closed, as the others may have gone on without it.`,
  'vector/worker-start': (d: { reason: string; code: string | undefined; stack: string }) =>
    `A worker thread could not make its environments: ${d.reason}`,
  'vector/worker-failed': (d: { index: number | undefined; first: number; last: number; message: string; code: string | undefined; stack: string }) =>
    `${d.index === undefined ? `The worker thread of environments ${d.first} to ${d.last}` : `Environment ${d.index}`} failed: ${d.message} All worker threads were stopped.`,
  'vector/worker-exit': (d: { first: number; last: number; exitCode: number; reason: string | undefined }) =>
    `The worker thread of environments ${d.first} to ${d.last} ended with exit code ${d.exitCode}${d.reason === undefined ? '' : ` (${d.reason})`}. The others were stopped.`,
  'vector/worker-timeout': (d: { first: number; last: number; doing: string; limitMs: number }) =>
    `The worker thread of environments ${d.first} to ${d.last} did not answer ${d.doing} within ${d.limitMs} ms. All were stopped. Raise timeoutMs (startTimeoutMs for the start) if it only needs longer.`,

  // time
  'time/not-a-multiple': (d: { name: string; valueMs: number; stepMs: number }) =>
    `${d.name} must be a whole number of ${d.stepMs} ms steps, but it is ${d.valueMs} ms. Use a multiple of ${d.stepMs} ms.`,

  // culture
  'culture/stimulation-outside': (d: { step: number; first: number; end: number }) =>
    `Stimulation must fall inside the steps being advanced, ${d.first} to ${d.end - 1}, in order, but one pulse lies at step ${d.step}. Schedule it on the culture's own clock (culture.step).`,
  'culture/stimulation': (d: { what: string; received: string; expected: string }) =>
    `A depolarisation has ${d.what} ${d.received}, but it must be ${d.expected}. Correct the pulse that made it.`,
  'culture/stimulation-crowded': (d: { step: number; most: number }) =>
    `More than ${d.most} depolarisations fall into step ${d.step}, the most this culture takes in one step. Merge those of a cell into one pulse.`,
  'culture/thread-lost': (d: { threads: number; limitMs: number }) =>
    `One of the ${d.threads} threads of this culture has not finished a step it began ${d.limitMs / 1000} s ago: it has died, or the machine gives it no time. The culture is torn between two steps and cannot go on: restore a snapshot, with threads: 1 if this happens again.`,
  'culture/threads': (d: { option: string; expected: string; received: string }) =>
    `${d.option} must be ${d.expected}, but ${d.received} was given.`,
  'culture/batch': (d: { reason: string }) => `This batch of cultures cannot be advanced or made: ${d.reason}.`,
  'culture/not-finite': (d: { neuron: number; potential: number; step: number }) =>
    `The potential of cell ${d.neuron} is ${d.potential} mV before step ${d.step}: the parameters drive the equation out of its range, for example by far too large weights, currents or stimulation. This culture cannot go on: correct them and grow it again, or restore a snapshot from before.`,
  'culture/no-stdp': (d: { seed: number }) =>
    `STDP cannot be switched on: this culture (seed ${d.seed}) was grown without it and does not know the inputs of its cells. Grow it with stdp: { enabled: true } and switch STDP off by culture.setPlasticity({ stdp: false }) until it is wanted.`,
  'culture/no-reward': (d: { seed: number }) =>
    `This culture (seed ${d.seed}) cannot be rewarded: it was grown without reward-modulated STDP. Grow it with rewardModulation: { enabled: true }.`,
  'culture/reward': (d: { received: string; dopamine: number }) =>
    `A reward must be a finite number that leaves the dopamine finite, but ${d.received} was given to a culture of dopamine ${d.dopamine}. Correct the amount; it may be negative.`,
  'culture/too-old': (d: { step: number; last: number; lastDays: number }) =>
    `A culture counts at most ${d.last} steps (${d.lastDays.toFixed(1)} simulated days), but it was asked to reach step ${d.step}. Advance by less, or grow a culture from the same parameters and seed and hand it the weights by culture.setWeights(culture.state.weight).`,
  'culture/duration': (d: { received: string }) =>
    `A culture advances by a positive whole number of 0.5 ms steps, but ${d.received} ms was asked for. Use a multiple of 0.5.`,
  'culture/snapshot': (d: { reason: string }) =>
    `This is not a snapshot this version can restore: ${d.reason}. Pass what culture.snapshot() returned, unchanged.`,
  'culture/profile-engine': (d: { engine: string }) =>
    `Only the engine 'wasm' can be measured part by part, but this culture has '${d.engine}'. Grow it with { engine: 'wasm' }.`,
  'culture/weights': (d: { reason: string }) =>
    `These are not weights of this culture: ${d.reason}. Pass the weights of a culture grown from the same parameters and seed.`,
  'culture/check': (d: { findings: readonly string[] }) => `The culture breaks its contract:\n${d.findings.join('\n')}`,
  'culture/too-large': (d: { neurons: number; neededMiB: number; availableMiB: number }) =>
    `A culture of ${d.neurons} neurons needs about ${d.neededMiB} MiB, but only ${d.availableMiB} MiB is available. Use fewer neurons, a lower in-degree or fewer jobs.`,

  // electrode array
  'mea/channel-unknown': (d: { channel: string; layout: string; last: number }) =>
    `Channel ${d.channel} does not exist: the layout '${d.layout}' has channels 0 to ${d.last}.`,
  'mea/channel-forbidden': (d: { channel: number; layout: string; unusable: readonly number[] }) =>
    `Channel ${d.channel} of the layout '${d.layout}' cannot be used (unusable: ${list(d.unusable)}). Choose another channel.`,
  'mea/phase-width': (d: { phaseWidthUs: string; stepUs: number }) =>
    `The phase of a pulse must be a positive multiple of ${d.stepUs} us, but it is ${d.phaseWidthUs} us.`,
  'mea/voltage-limit': (d: { amplitudeMv: string; limitMv: number }) =>
    `The amplitude of a pulse must lie between 0 and ${d.limitMv} mV, but it is ${d.amplitudeMv} mV. Use a weaker pulse.`,
  'mea/current-limit': (d: { currentUa: string; limitUa: number }) =>
    `The current of a pulse must lie between 0 and ${d.limitUa} uA, but it is ${d.currentUa} uA. Use a weaker pulse.`,
  'mea/charge-limit': (d: { chargeNc: number; limitNc: number }) =>
    `A phase may carry at most ${d.limitNc} nC, but this one carries ${d.chargeNc} nC. Use a weaker or shorter pulse.`,
  'mea/rate-limit': (d: { channel: number; apartMs: number; limitHz: number; smallestMs: number }) =>
    `Channel ${d.channel} may be pulsed at most at ${d.limitHz} Hz (${d.smallestMs} ms apart), but two pulses lie ${d.apartMs} ms apart. Lower the frequency or interrupt the channel first.`,
  'mea/train': (d: { count: string; frequencyHz: string; startMs: string }) =>
    `A pulse train needs a whole positive count, a positive frequency and a start at or after 0 ms, but count ${d.count}, frequency ${d.frequencyHz} Hz and start ${d.startMs} ms came.`,
  'mea/late': (d: { step: number; fromStep: number }) =>
    `A pulse was scheduled for step ${d.step}, but the culture is already at step ${d.fromStep}. Schedule pulses at or after culture.timeMs.`,
  'mea/saved': (d: { reason: string }) =>
    `This is not a saved stimulator of this array: ${d.reason}. Pass what stimulator.save() returned, unchanged, to an array of the same layout.`,

  // graded feedback
  'feedback/features': (d: { expected: string; received: string }) =>
    `A value estimate needs ${d.expected}, but got ${d.received}. Check the features function and the rewards of the game.`,
  'feedback/no-counterpart': (d: { event: string; good: boolean }) =>
    `The answer to '${d.event}' cannot be exchanged: the table has no ${d.good ? 'bad' : 'good'} event whose answer could take its place. Add one to \`events\`.`,
  'feedback/script': (d: { index: number; reason: string }) =>
    `Answer ${d.index} of the script cannot be replayed: ${d.reason}. Pass the \`answers\` of a session as they are.`,

  // closed loop
  'loop/channels': (d: { purpose: string; channels: readonly number[]; reason: string }) =>
    `The ${d.purpose} channels [${list(d.channels)}] cannot be used: ${d.reason}. Channels of different purposes must be disjoint sets.`,
  'loop/observation': (d: { encoder: string; field: string; index: number; received: string }) =>
    `The encoder '${d.encoder}' reads ${d.field} from entry ${d.index} of the observation, but it is ${d.received}. Name the entries of this game in \`fields\`.`,
  'loop/gains': (d: { up: string; down: string }) =>
    `Decoder gains must be positive and finite, but up ${d.up} and down ${d.down} came. Pass what \`decoder.gains\` held.`,
  'loop/minutes': (d: { name: string; minutes: string }) =>
    `\`${d.name}\` must be a positive, finite number of minutes of at least one tick, but it is ${d.minutes}.`,
  'loop/answer': (d: { policy: string; durationMs: string }) =>
    `The feedback policy '${d.policy}' gave an answer of ${d.durationMs} ms. The duration must be positive and finite; return NO_ANSWER for none.`,
  'loop/episodes': (d: { received: string }) =>
    `A session needs \`minutes\`, or \`episodes\` as a whole number of at least 1, but \`episodes\` is ${d.received}.`,
  'loop/group-gains': (d: { received: string; groups: readonly number[] }) =>
    `Gains must be positive and finite, one for each group, head by head (${list(d.groups)} groups), but ${d.received} came. Pass what \`decoder.gains\` held.`,
  'loop/drive': (d: { encoder: string; channel: number }) =>
    `The drive of channel ${d.channel} is NaN. Make the drive function of the encoder '${d.encoder}' write a number from 0 to 1 for every channel.`,
  'loop/heads': (d: { heads: number; expected: number }) =>
    `The decoder has ${d.heads} heads, but the game takes ${d.expected} choices an action. Give the decoder one head for each.`,
  'loop/choice': (d: { head: number; received: string; options: number }) =>
    `The decoder chose ${d.received} for head ${d.head}, but the game has the options 0 to ${d.options - 1} there.`,
  'loop/suspension': (d: { policy: string; answer: string; received: string }) =>
    `The feedback policy '${d.policy}' suspends the sensory input for ${d.received} ms in its answer '${d.answer}'. It must be finite and not negative.`,
  'loop/report': (d: { game: string; what: string; received: string }) =>
    `The game '${d.game}' gave ${d.what} of ${d.received}. It must be finite, and features must keep their number.`,
  'loop/after-miss': (d: { policy: string; missEndsRally: boolean }) =>
    d.missEndsRally
      ? `The feedback policy '${d.policy}' ends the rally after a miss, but the game goes on. Make the game with afterMiss: 'end'.`
      : `The feedback policy '${d.policy}' lets the rally go on after a miss, but the game ended it. Make the game with afterMiss: 'bounce'.`,

  'loop/no-reward': (d: { policy: string }) =>
    `The feedback policy '${d.policy}' rewards, but this dish knows no reward. Give it a \`reward\` method, or use a Culture grown with rewardModulation.enabled.`,

  // cultures as environments
  'culture-env/game': (d: { game: string; expected: string; received: string }) =>
    `CultureGame-v0 needs ${d.expected}, but '${d.game}' has ${d.received}. Choose another game.`,
  'culture-env/motor-groups': (d: { game: string; expected: readonly number[]; received: readonly number[] }) =>
    `An action of '${d.game}' has ${d.expected.length} choices, which need ${list(d.expected)} groups of electrodes, but motorGroups names ${d.received.length} with ${list(d.received)}. Name one group for every option but the first of each choice.`,
  'culture-env/count': (d: { expected: string; received: string }) =>
    `A vector of cultures needs ${d.expected}, but ${d.received} came. Change 'count' or 'cultureSeeds'.`,

  // dishes of a learner
  'loop/dish': (d: { dish: string; count: number }) => `There is no dish ${d.dish}: the batch has the dishes 0 to ${d.count - 1}.`,
  'loop/no-dish': (d: { kind: string }) => `A batch of dishes (${d.kind}) needs at least one, but no seed came. Name one seed for each dish.`,
  'loop/pulse-offset': (d: { received: string }) =>
    `A pulse leaves a finite, non-negative time from now, but its offsetMs is ${d.received}. Give it an offset inside the stretch that is lived next.`,
  'loop/saved-dishes': (d: { reason: string }) =>
    `These dishes cannot go on from that: ${d.reason}. Pass what save() of a batch of the same kind, count, array and clock returned, unchanged.`,
  'loop/train': (d: { channel: number; what: string; expected: string; received: string }) =>
    `The ${d.what} of channel ${d.channel} must be ${d.expected}, but it is ${d.received}. Correct what drives the channel, or the period of the grid.`,
  'loop/saved-trains': (d: { expected: string; received: string }) =>
    `The phases of channel trains are ${d.expected}, but ${d.received} came. Pass what save() of trains of the same channels and grid returned.`,
  'loop/replacement': (d: { name: string; what: string; expected: string; received: string }) =>
    `The spike replacement '${d.name}' needs ${d.what} as ${d.expected}, but ${d.received} came.`,

  // command line
  'cli/resume': (d: { folder: string }) =>
    `There is no folder '${d.folder}' to go on with. Pass the folder that the interrupted run named, or leave --resume out.`,

  // comparison
  'compare/yoked': (d: { cultures: number; taught: string; hasTaught: boolean }) =>
    `The condition open_loop replays what another culture earned under ${d.taught}, so it needs ${d.taught} among the conditions and at least 2 cultures, but ${d.hasTaught ? '' : `${d.taught} is not among them and `}there are ${d.cultures}. Add ${d.taught} and cultures, or leave open_loop out.`,
  'compare/no-script': (d: { condition: string }) =>
    `The condition ${d.condition} needs what another culture was taught. Pass it as \`script\`.`,
  'compare/condition': (d: { condition: string; known: readonly string[] }) =>
    `This game has no condition ${d.condition}. Its conditions: ${list(d.known)}.`,
  'run/trial-failed': (d: { seed: number; work: string; reason: string; code: string | undefined }) =>
    `The ${d.work === 'prepare' ? 'preparation' : `trial under ${d.work}`} of culture ${d.seed} failed: ${d.reason}`,

  // trained agents that are taken apart or compared
  'trained/unfit': (d: { file: string; reason: string }) =>
    `The agent of '${d.file}' cannot be used here: ${d.reason}. Pass an agent that was trained around a culture, with its real spikes.`,
  'trained/other-config': (d: { first: string; other: string; path: string }) =>
    `'${d.other}' was trained with another '${d.path}' than '${d.first}', so they do not answer one question. Pass agents that differ in their seeds alone.`,
  'trained/twice': (d: { first: string; other: string }) => `'${d.other}' and '${d.first}' are the same agent. Pass each once.`,
  'trained/game': (d: { file: string; game: string; config: string }) =>
    `The agent of '${d.file}' was trained in ${d.game}, but this config compares in ${d.config}. Pass a config of the game that the agent plays.`,
  'ablate/steps': (d: { steps: number }) => `--steps ${d.steps} is a budget of training anew, but nothing is trained anew. Add --retrain, or leave --steps out.`,

  // exploring settings
  'explore/set-by-search': (d: { file: string; path: string; instead: string }) =>
    `${d.file}: '${d.path}' cannot vary: ${d.instead}.`,
  'explore/metric': (d: { file: string; received: string; known: readonly string[]; suggestion: string | undefined }) =>
    `${d.file}: this game has no number '${d.received}' to score a setting by.${hint(d.suggestion)} Its numbers: ${list(d.known)}. Change search.metric.`,
  'explore/against': (d: { file: string; received: string; reason: string }) =>
    `${d.file}: a setting cannot be held against ${d.received}: ${d.reason}. Change search.against; null scores the taught condition alone.`,
  'explore/unstable': (d: { reason: string }) => `A culture of this setting cannot be simulated: ${d.reason}`,

  // confirming a setting
  'confirm/seeds-used': (d: { seeds: string; shared: string; by: string; free: number }) =>
    `Seeds ${d.seeds} cannot confirm this setting: of these, ${d.shared} had been used by ${d.by}. Pass others, for example --first-seed ${d.free}.`,
  'confirm/edited': (d: { file: string; reason: string }) =>
    `'${d.file}' is not what was frozen: ${d.reason}. It was edited or damaged; restore it, or confirm in a new folder on seeds that were not used.`,
  'confirm/missing': (d: { file: string }) =>
    `There is no confirmation to go on with: '${d.file}' does not exist. Pass the folder of an interrupted confirmation, or leave --resume out.`,
  'confirm/finished': (d: { folder: string }) =>
    `The confirmation in '${d.folder}' is finished, and a confirmation runs once. Read its report, or confirm in a new folder on seeds that were not used.`,
  'confirm/started': (d: { folder: string }) =>
    `Another confirmation began in '${d.folder}' at the same moment. Pass another folder.`,
  'confirm/ledger': (d: { file: string; line: number; reason: string }) =>
    `Line ${d.line} of '${d.file}', the list of seeds that confirmations used, is damaged (${d.reason}). Restore it from a copy: without it no seeds can be known to be unused.`,

  // analysis
  'analysis/recording': (d: { reason: string }) =>
    `This is not a spike recording: ${d.reason}. Pass two Int32Array columns of equal length, sorted by step, with every step in [startStep, endStep) and every neuron in [0, neuronCount).`,
  'analysis/slice': (d: { fromMs: number; toMs: number; startMs: number; endMs: number }) =>
    `A slice must lie inside the recording (${d.startMs} to ${d.endMs} ms on the culture's clock) and not run backwards, but ${d.fromMs} to ${d.toMs} ms was asked for.`,
  'analysis/input': (d: { what: string; expected: string; received: string }) =>
    `${d.what} must be ${d.expected}, but ${d.received} came.`,

  // statistics of comparisons
  'statistics/input': (d: { what: string; expected: string; received: string }) =>
    `${d.what} must be ${d.expected}, but ${d.received} came. Leave missing cultures out, in every condition alike, before comparing.`,

  // figures
  'figures/columns': (d: { figure: string; lengths: readonly string[] }) =>
    `The columns of the ${d.figure} figure must be equally long, but they are: ${list(d.lengths)}. Pass one entry per point in each.`,
  'figures/value': (d: { figure: string; name: string; expected: string; received: string }) =>
    `${d.name} of the ${d.figure} figure must be ${d.expected}, but it is ${d.received}. Correct it, or leave it out.`,

  // configs on disk
  'config/missing': (d: { file: string; suggestion: string | undefined }) =>
    `There is no config '${d.file}'.${hint(d.suggestion)} Pass the path of a YAML or JSON file, for example configs/pong-quick.yaml.`,
  'config/unreadable': (d: { file: string; reason: string }) =>
    `The config '${d.file}' cannot be read: ${d.reason}. Pass a YAML or JSON text file.`,
  'config/empty': (d: { file: string }) =>
    `The config '${d.file}' holds no keys. Write at least one, or start from configs/default.yaml; for all defaults write {}.`,
  'config/syntax': (d: { where: string; reason: string }) => `${d.where}: this is not a valid config: ${d.reason}.`,
  'config/too-large': (d: { file: string; what: string; limit: number }) =>
    `The config '${d.file}' has more than ${d.limit} ${d.what}, aliases expanded. A config is a page of keys: shorten it.`,
  'config/extends': (d: { where: string; received: string }) =>
    `${d.where}: 'extends' must be the path of one other config, relative to this one, but it is ${d.received}.`,
  'config/extends-cycle': (d: { files: readonly string[] }) =>
    `These configs extend one another in a circle: ${d.files.join(' -> ')}. Remove one 'extends'.`,

  // run folders
  'run/folder-not-empty': (d: { folder: string; entries: readonly string[] }) =>
    `The output folder '${d.folder}' already holds ${list(d.entries)}. Pass a new or empty folder, or --resume to go on with an earlier run.`,
  'run/folder-unusable': (d: { folder: string; reason: string }) =>
    `The output folder '${d.folder}' cannot be used: ${d.reason}. Pass a folder you may write to.`,
  'run/write-failed': (d: { file: string; reason: string }) =>
    `'${d.file}' could not be written: ${d.reason}. What stood there before is unchanged. Make room or choose another folder.`,
  'run/not-json': (d: { path: string; received: string }) =>
    `'${d.path}' must be plain JSON (text, finite numbers, true, false, null, lists, objects), but it is ${d.received}. Convert it first.`,

  // stores of finished work
  'results/missing': (d: { file: string }) =>
    `There is nothing to resume: '${d.file}' does not exist. Pass the folder of an interrupted run, or leave --resume out.`,
  'results/unreadable': (d: { file: string; reason: string }) => `The results file '${d.file}' cannot be read: ${d.reason}.`,
  'results/too-large': (d: { file: string; bytes: number; limit: number }) =>
    `The results file '${d.file}' has or would have ${d.bytes} bytes, above the limit of ${d.limit}. Split the run into smaller ones.`,
  'results/corrupt': (d: { file: string; line: number; reason: string }) =>
    `Line ${d.line} of '${d.file}' is damaged (${d.reason}), and it is not the end of an interrupted write. ` +
    'Restore the file from a copy, or delete that line to have that piece run again (line 1 names the run: without it start a new one).',
  'results/version': (d: { file: string; version: string; expected: number }) =>
    `'${d.file}' has format version ${d.version}, but this program writes version ${d.expected}. Resume with the program that started the run.`,
  'results/other-run': (d: { file: string; path: string; stored: string; received: string }) =>
    `'${d.file}' belongs to another run: '${d.path}' was ${d.stored} there and is ${d.received} now. Use the same config and seeds, or start a new run.`,
  'results/duplicate': (d: { file: string; key: string }) =>
    `'${d.file}' already holds a different result for '${d.key}'. Each piece of work has one result: give every piece its own key.`,
  'results/other-writer': (d: { file: string }) =>
    `'${d.file}' was changed by another process while this one was writing to it. Let one process at a time work on a run, then --resume.`,

  // worker threads
  'run/interrupted': (d: { doing: string }) => `Interrupted: ${d.doing} was stopped on request. Finished pieces are kept.`,
  'run/workers': (d: { received: string }) => `The number of workers must be a whole number of at least 1, but it is ${d.received}.`,
  'run/worker-failed': (d: { worker: string; name: string; message: string; code: string | undefined; stack: string }) =>
    `A task failed in worker ${d.worker}: ${d.message}`,
  'run/worker-died': (d: { worker: string; reason: string }) =>
    `Worker ${d.worker} died (${d.reason}); the others were stopped. If memory ran out, use fewer jobs or fewer neurons.`,
  'run/worker-silent': (d: { worker: string; limitMs: number }) =>
    `Worker ${d.worker} did not report for duty within ${d.limitMs} ms. Does its file call serveWorker()?`,
  'run/not-transferable': (d: { reason: string }) =>
    `A task cannot be sent to a worker: ${d.reason}. Tasks are plain data and typed arrays, without functions or class instances.`,
  'run/pool-closed': (d: { size: number }) => `The pool of ${d.size} workers is closed, so it takes no task. Make a new one.`,
  'run/not-a-worker': (d: { doing: string }) => `${d.doing} works inside a worker thread only. Start this file through a WorkerPool.`,

  // fonts of drawn figures
  'io/font': (d: { file: string; missing: string }) =>
    `${d.file} should be a TrueType font, but it has no ${d.missing}. Reinstall the dependencies (npm ci).`,

  // playing in the terminal
  'cli/module': (d: { path: string; reason: string }) =>
    `The module '${d.path}' cannot be imported: ${d.reason}. Pass the path of a JavaScript module that calls register() for an environment.`,
  'cli/game': (d: { received: string; known: readonly string[]; suggestion: string | undefined }) =>
    `There is no game '${d.received}'.${hint(d.suggestion)} Games: ${list(d.known)}.`,
  'cli/feedback': (d: { received: string; known: readonly string[]; suggestion: string | undefined }) =>
    `There is no feedback '${d.received}' to play under.${hint(d.suggestion)} Feedback: ${list(d.known)}.`,
  'cli/preset': (d: { received: string; known: readonly string[]; suggestion: string | undefined }) =>
    `There is no preset '${d.received}'.${hint(d.suggestion)} Presets: ${list(d.known)}.`,
  'cli/open-loop': (d: { known: readonly string[] }) =>
    `The feedback 'open_loop' replays what another culture earned, so a single session cannot have it. Run 'bl1 compare' with it, or play under one of: ${list(d.known)}.`,

  'cli/scenario': (d: { received: string; known: readonly string[]; suggestion: string | undefined }) =>
    `There is no scenario '${d.received}'.${hint(d.suggestion)} Scenarios: ${list(d.known)}; or give the path of a cfg.`,
  'cli/play-option': (d: { option: string; game: string; example: string }) =>
    `'bl1 play ${d.game}' takes no ${d.option}: that belongs to 'bl1 play ${d.example}'. See 'bl1 play --help'.`,
  'cli/terminal': (d: { id: string }) =>
    `Playing ${d.id} with keys needs a terminal. Run it in one, or pass --random for random actions.`,
  'cli/no-keys': (d: { id: string; actionSpace: string }) =>
    `${d.id} names no keys for its actions, ${d.actionSpace}. Give it metadata.keys, or pass --random.`,
  'cli/no-text': (d: { id: string; reason: string }) => `${d.id} cannot be shown as text: ${d.reason} Give it the render mode 'ansi'.`,

  // videos
  'recording/frame': (d: { width: string; height: string; bytes: number; maxSide: number }) =>
    `A frame needs sides of 1 to ${d.maxSide} pixels and width * height * 4 bytes, but ${d.width} x ${d.height} with ${d.bytes} bytes came. Pass what render() returns with renderMode 'rgb_array'.`,
  'recording/frame-size': (d: { expected: string; received: string }) =>
    `All frames of a video must have one size, but after ${d.expected} a frame of ${d.received} came. Begin a new video for it.`,
  'recording/empty': (d: { format: string }) => `A video needs at least one frame, but this ${d.format} has none. Call add(frame) before finish().`,
  'recording/format': (d: { path: string; known: readonly string[] }) =>
    `The name '${d.path}' does not tell the format of the video. End it in one of ${list(d.known)}, or pass { format }.`,
  'recording/closed': (d: { path: string; doing: string }) =>
    `${d.doing} needs an open video, but '${d.path}' is finished. Open a new one.`,
  'recording/render-mode': (d: { id: string; modes: readonly string[]; received: string }) =>
    `${d.id}: a video needs renderMode 'rgb_array', but it is ${d.received}. ${d.modes.includes('rgb_array') ? "Make the environment with { renderMode: 'rgb_array' }." : `This environment cannot draw pictures (it has ${d.modes.length > 0 ? list(d.modes) : 'no render mode'}).`}`,
  'recording/envs': (d: { received: string; count: number }) =>
    `There is no environment ${d.received} to film: the vector has ${d.count}, counted from 0. Name some of them in envs.`,
  'recording/ffmpeg': (d: { reason: string }) =>
    `MP4 needs the program ffmpeg with libx264, but ${d.reason}. Install ffmpeg, or record 'apng' or 'gif', which need nothing.`,

  // the bridge to Python
  'bridge/no-python': (d: { looked: readonly string[] }) =>
    `There is no Python interpreter at ${list(d.looked)}. Run 'npx bl1 setup doom', or name a Python 3.10 or newer in BL1_PYTHON.`,
  'bridge/python-old': (d: { python: string; version: string; needed: string }) =>
    `'${d.python}' is Python ${d.version}, but ${d.needed} or newer is needed. Name a newer one in BL1_PYTHON, or run 'npx bl1 setup doom' with one.`,
  'bridge/not-installed': (d: { python: string; module: string; reason: string }) =>
    `'${d.python}' cannot import the module ${d.module} (${d.reason}). Run 'npx bl1 setup doom', or: ${d.python} -m pip install -r python/requirements.txt`,
  'bridge/start': (d: { python: string; reason: string; lastWords: string }) =>
    `The process of '${d.python}' did not start to serve: ${d.reason}.${d.lastWords === '' ? '' : `\n${d.lastWords}`}`,
  'bridge/crashed': (d: { doing: string; exit: string; lastWords: string }) =>
    `The process behind the bridge ended (${d.exit}) while ${d.doing}. Start another.${d.lastWords === '' ? '' : `\n${d.lastWords}`}`,
  'bridge/timeout': (d: { doing: string; limitMs: number; lastWords: string }) =>
    `The process behind the bridge did not answer ${d.doing} within ${d.limitMs} ms. If it only needs longer, raise the limit; else start another.${d.lastWords === '' ? '' : `\n${d.lastWords}`}`,
  'bridge/protocol': (d: { reason: string; seq: number | undefined }) =>
    `A message of the bridge was refused: ${d.reason}. Send plain JSON and typed arrays within the limits of src/bridge/limits.ts.`,
  'bridge/version': (d: { ours: number; theirs: string }) =>
    `The bridge speaks version ${d.ours} of its protocol, but the Python side speaks ${d.theirs}. Use bl1_bridge of the same release: leave it off PYTHONPATH, and uninstall another copy.`,
  'bridge/remote': (d: { code: string; message: string; data: JsonObject }) => `${d.message} (${d.code})`,
  'bridge/closed': (d: { doing: string }) => `${d.doing} needs an open bridge, but it was closed. Start another.`,

  // measuring throughput
  'bench/fit': (d: { expected: string; x: readonly number[]; y: readonly number[] }) =>
    `A fit needs ${d.expected}, but x is ${list(d.x)} and y is ${list(d.y)}. Measure at more settings.`,
  'bench/bisection': (d: { target: number; low: number; high: number; trials: number; last: number }) =>
    `No setting from ${d.low} to ${d.high} gave ${d.target} in ${d.trials} trials; the last gave ${d.last}. Widen the interval, or measure longer.`,
  'bench/peers-missing': (d: { folder: string }) =>
    `There is no '${d.folder}': the programs that measure other packages come with a clone of the repository, not with the installed package. Run this inside a clone.`,
  'bench/side-died': (d: { side: string; reason: string; lastWords: string; remedy: string }) =>
    `The process that measures ${d.side} failed: ${d.reason}.${d.lastWords === '' ? '' : `\n${d.lastWords}`}\n${d.remedy}`,
  'bench/side-silent': (d: { side: string; limitMs: number; remedy: string }) =>
    `The process that measures ${d.side} did not answer within ${d.limitMs} ms. ${d.remedy}`,
  'bench/peer-missing': (d: { peer: string; reason: string }) =>
    `${d.peer} cannot be measured here: ${d.reason}. Run 'bl1 bench setup' inside a clone (it needs the network; --learning for PyTorch and stable-baselines3; Brian2 also needs make and g++), or measure without it.`,
  'cli/python': (d: { path: string }) =>
    `There is no Python interpreter '${d.path}'. Correct --python or BL1_PYTHON, or run 'bl1 bench setup' and leave them out.`,
  'cli/bench-case': (d: { received: string; known: readonly string[]; suggestion: string | undefined }) =>
    `There is no measurement '${d.received}'.${hint(d.suggestion)} Measurements: ${list(d.known)}.`,

  // setting up Python
  'setup/no-python': (d: { command: string }) =>
    `Doom runs in Python 3.10 or newer, but '${d.command}' could not be started. Install Python (Debian, Ubuntu: sudo apt install python3 python3-venv; macOS: brew install python; Windows: python.org), or name one in BL1_PYTHON. Then run: npx bl1 setup doom`,
  'setup/no-answer': (d: { python: string; reason: string }) =>
    `'${d.python}' does not answer as a Python does:\n${d.reason}\nCorrect BL1_PYTHON, or leave it out and delete .venv; then run: npx bl1 setup doom`,
  'setup/python-old': (d: { python: string; version: string; oldest: string }) =>
    `Doom needs Python ${d.oldest} or newer, but '${d.python}' is ${d.version}. Make .venv with a newer one, for example: rm -rf .venv && python3.12 -m venv .venv (Debian, Ubuntu: sudo apt install python3.12-venv; macOS: brew install python@3.12). Then run: npx bl1 setup doom`,
  'setup/no-venv': (d: { python: string; reason: string }) =>
    `'${d.python}' lacks what makes an environment:\n${d.reason}\nInstall it (Debian, Ubuntu: sudo apt install python3-venv), then run again: npx bl1 setup doom`,
  'setup/no-pip': (d: { python: string }) =>
    `'${d.python}' has no pip. Install it (Debian, Ubuntu: sudo apt install python3-pip; elsewhere: ${d.python} -m ensurepip), or leave BL1_PYTHON out, which makes .venv; then run again: npx bl1 setup doom`,
  'setup/managed': (d: { python: string }) =>
    `'${d.python}' belongs to the operating system, which lets pip install nothing into it. Leave BL1_PYTHON out: npx bl1 setup doom then makes .venv. Or name the Python of an environment of your own.`,
  'setup/no-network': (d: { doing: string; reason: string }) =>
    `${d.doing} could not reach the package index:\n${d.reason}\nCheck the network (behind a proxy set HTTPS_PROXY, for a mirror PIP_INDEX_URL), then run again: npx bl1 setup doom`,
  'setup/no-wheel': (d: { python: string; reason: string }) =>
    `The package index has no ready-made package for '${d.python}' on this system:\n${d.reason}\nUse CPython 3.10 to 3.14 on Linux with glibc or on macOS, in .venv or named in BL1_PYTHON. If PIP_INDEX_URL names a mirror, see whether it has the package. Then run again: npx bl1 setup doom`,
  'setup/disk-full': (d: { doing: string; folder: string; reason: string }) =>
    `${d.doing} found no space left for '${d.folder}' (or the temporary folder, TMPDIR):\n${d.reason}\nFree about 500 MB, then run again: npx bl1 setup doom`,
  'setup/not-writable': (d: { doing: string; folder: string; reason: string }) =>
    `${d.doing} may not write to '${d.folder}':\n${d.reason}\nRun it as the owner of that folder, or from a folder of yours that has a .venv: python3 -m venv .venv && npx bl1 setup doom`,
  'setup/failed': (d: { doing: string; reason: string }) =>
    `${d.doing} failed:\n${d.reason}\nIf .venv itself is damaged, delete it; then run again: npx bl1 setup doom`,
  'setup/incomplete': (d: { python: string; name: string; wanted: string; found: string | null }) =>
    `pip reported success, but '${d.python}' has ${d.found === null ? `no ${d.name}` : `${d.name} ${d.found}`} where ${d.name} ${d.wanted} is needed. Delete its environment (.venv) and run again: npx bl1 setup doom`,
  'setup/unhealthy': (d: { missing: readonly string[] }) =>
    `Doom cannot run here: ${list(d.missing)}. What to do stands beside each above.`,

  // Doom
  'doom/config': (d: { path: string; lines: readonly { line: number; text: string; reason: string }[] }) =>
    `The engine would ignore a part of '${d.path}', and play something else:\n${d.lines
      .map(({ line, text, reason }) => `  ${line === 0 ? '' : `line ${line}: `}${text}${text === '' ? '' : ': '}${reason}`)
      .join('\n')}\nCorrect this in the file, or remove it.`,
  'doom/file': (d: { path: string; kind: string; reason: string }) =>
    `The ${d.kind} file '${d.path}' cannot be used: ${d.reason}. Pass the absolute path of one, or the name of a scenario of the package vizdoom.`,
  'doom/name': (d: { kind: string; received: string; known: readonly string[]; suggestion: string | undefined }) =>
    `Doom knows no ${d.kind} '${d.received}'.${hint(d.suggestion)} Known here: ${list(d.known)}.`,
  'doom/map': (d: { received: string; known: readonly string[] }) =>
    `There is no map '${d.received}' in the scenario's files. Choose one of ${list(d.known)}.`,
  'doom/option': (d: { option: string; asked: string; reason: string }) =>
    `Doom-v0: the option ${d.option} was asked to be ${d.asked}, but ${d.reason}. Change or leave out ${d.option}.`,
  'doom/peek-off': (d: { part: string }) =>
    `env.peek('${d.part}') needs the engine to collect them at every step. Make the environment with { peek: ['${d.part}'] }.`,
  'doom/engine': (d: { message: string }) => `The Doom engine could not start: ${d.message} Run 'npx bl1 doctor' to see what is missing.`,
  'doom/no-shared-memory': (d: { message: string }) =>
    `Doom needs shared memory for its pictures: ${d.message}. Free some; in a container, give it more: docker run --shm-size=1g.`,
  'doom/crashed': (d: { doing: string; reason: string }) =>
    `The Doom engine or its Python process ended during '${d.doing}': ${d.reason}\nMake a new environment; with { restart: 'episode' } the next reset() starts a new engine.`,
  'doom/command-off': (d: { command: string }) =>
    `env.command('${d.command}') is off, as the console of the engine can change anything. Make the environment with { allowCommands: true }.`,
  'doom/features': (d: { received: readonly string[] }) =>
    `To be shown Doom, a culture needs features of enemies, items or rays, but the environment has ${list(d.received) || 'none'}. Make it with doomCultureEnv(scenario).`,
  'doom/no-motor-group': (d: { button: string; known: readonly string[] }) =>
    `No motor group presses ${d.button}; there is one for each of ${list(d.known)}. Make the environment with actions: 'heads'.`,

  // environments in Python
  'pythonEnv/unknown': (d: { id: string; reason: string }) =>
    `Gymnasium has no environment '${d.id}': ${d.reason} An environment of another package needs that package in front, 'package:${d.id}', and { allowImport: true }.`,
  'pythonEnv/import': (d: { id: string }) =>
    `'${d.id}' has Gymnasium import the module '${d.id.split(':')[0]}', which runs its code. If you trust it, pass { allowImport: true }; otherwise leave the module out.`,
  'pythonEnv/make': (d: { id: string; reason: string; lastWords: string }) =>
    `gymnasium.make('${d.id}') failed: ${d.reason}\n${d.lastWords}\nCorrect the option 'kwargs' (they are the environment's own arguments), or install what it says is missing.`,
  'pythonEnv/space': (d: { id: string; path: string; kind: string; reason: string }) =>
    `The ${d.path} space of '${d.id}' has no counterpart here: ${d.kind}: ${d.reason} Change it in Python with one of Gymnasium's wrappers: register the wrapped environment under an id of its own.`,
  'pythonEnv/value': (d: { id: string; path: string; expected: string; received: string }) =>
    `'${d.id}': ${d.path} must be ${d.expected}, but it is ${d.received}. Report it to the environment's authors, or correct it with a wrapper in Python (whole numbers beyond 32 bits: as float64).`,
  'pythonEnv/raised': (d: { id: string; doing: string; reason: string; lastWords: string }) =>
    `'${d.id}': ${d.doing} raised an exception in Python: ${d.reason}\n${d.lastWords}\nCorrect what it complains of; after a step or reset that raised, reset() starts the next episode.`,
  'pythonEnv/not-installed': (d: { python: string; reason: string }) =>
    `'${d.python}' has no package gymnasium (${d.reason}). Run: npx bl1 setup doom (it installs it too), or: '${d.python}' -m pip install gymnasium==1.4.0`,

  // checkpoints of training
  'checkpoint/missing': (d: { file: string; reason: string }) =>
    `The checkpoint '${d.file}' cannot be read: ${d.reason}. Pass a checkpoint (last.ckpt, best.ckpt) or the folder of a training run.`,
  'checkpoint/not-one': (d: { file: string }) => `'${d.file}' is not a checkpoint: it does not begin as one. Pass last.ckpt or best.ckpt of a training run.`,
  'checkpoint/version': (d: { file: string; version: string; expected: number }) =>
    `The checkpoint '${d.file}' is of version ${d.version}, but this program reads version ${d.expected}. Use the release of bl1 that wrote it.`,
  'checkpoint/truncated': (d: { file: string; expected: number; received: number }) =>
    `The checkpoint '${d.file}' was cut short: it has ${d.received} bytes of at least ${d.expected}. Copy it again, or use the other checkpoint of the run.`,
  'checkpoint/damaged': (d: { file: string; reason: string }) =>
    `The checkpoint '${d.file}' is damaged: ${d.reason}. Copy it again, or use the other checkpoint of the run.`,
  'checkpoint/too-large': (d: { file: string; bytes: number; limit: number }) =>
    `The checkpoint '${d.file}' would have ${d.bytes} bytes, but at most ${d.limit} are allowed. Train with fewer environments or smaller cultures.`,
  'checkpoint/content': (d: { file: string; expected: string; received: string }) =>
    `The checkpoint '${d.file}' does not hold what is looked for: expected ${d.expected}, but ${d.received} came. Pass last.ckpt or best.ckpt of a training run.`,
  'events/value': (d: { tag: string; received: string }) => `A scalar of an event file is a finite number, but '${d.tag}' is ${d.received}. Leave it out of this step.`,

  // the command that trains
  'train/not-finite': (d: { what: string; update: number; file: string; checkpoint: string }) =>
    `Update ${d.update}: NaN or infinity came up in the ${d.what}, which must be finite. The rows it came from are in '${d.file}', and '${d.checkpoint}' holds the weights of before. Look for values that are far too large; a lower learningRate or rewardScale often helps.`,
  'train/folder': (d: { folder: string; reason: string }) =>
    `'${d.folder}' is not the folder of a training run: ${d.reason}. Pass one that 'bl1 train' made, or train with: bl1 train <config>`,
  'train/seed-failed': (d: { seed: number; reason: string; code: string | undefined }) =>
    `The training with seed ${d.seed} failed: ${d.reason} The others were stopped.`,

  // agents: backend, networks, distributions
  'agents/backend': (d: { wanted: string; known: readonly string[]; reason: string; remedy: string }) =>
    `The tfjs backend ${d.wanted} cannot be used: ${d.reason}. There are: ${list(d.known)}.${d.remedy === '' ? '' : ` Run '${d.remedy}', or choose 'auto'.`}`,
  'agents/network': (d: { name: string; what: string; expected: string; received: string }) =>
    `The ${d.what} of the network '${d.name}' must be ${d.expected}, but it is ${d.received}. Correct its options.`,
  'agents/distribution': (d: { name: string; expected: string; received: string }) =>
    `The distribution ${d.name} needs ${d.expected}, but ${d.received} came. Correct its arguments.`,
  'agents/draw': (d: { name: string; row: number; received: string }) =>
    `No action can be drawn: row ${d.row} of the distribution ${d.name} holds ${d.received}. The weights or the observations are not finite: go back to an earlier checkpoint, lower the learning rate, or scale the observations.`,
  'agents/action-space': (d: { expected: string; received: string }) =>
    `A policy here acts in ${d.expected}, but the action space is ${d.received}. Wrap the environment so that its actions are of these.`,
  'agents/architecture': (d: { expected: string; received: string }) =>
    `The saved weights belong to another network: expected ${d.expected}, but ${d.received} came. Build the network with the options that it was saved with.`,
  'agents/weights': (d: { reason: string }) =>
    `These are not weights that can be loaded: ${d.reason}. Pass what saveVariables returned, unchanged, or an earlier checkpoint.`,

  // agents around a culture
  'agents/channels': (d: { purpose: string; channels: readonly number[]; reason: string }) =>
    `The ${d.purpose} channels [${list(d.channels)}] of the agent cannot be used: ${d.reason}. Change encoder.channels, decoder.readout or decoder.groups.`,
  'agents/encoder-limits': (d: { reason: string }) =>
    `The encoder could ask for pulses that the array refuses: ${d.reason} Change the limits in the agent's encoder, or those of the array.`,
  'agents/encoder': (d: { kind: string; expected: string; received: string }) =>
    `An encoder of the kind '${d.kind}' needs ${d.expected}, but ${d.received} came. Change encoder.kind, or what the agent is made with.`,
  'agents/observation': (d: { expected: string; received: string }) =>
    `The agent sees ${d.expected}, but ${d.received} came. Give it the observations that it was trained with, in the same order and on the same scale.`,
  'agents/calibration': (d: { reason: string; remedy: string }) =>
    `The decoder's read-out is not calibrated: ${d.reason}. ${d.remedy}`,
  'agents/tick': (d: { stepMs: number; received: string }) =>
    `The agent decides every ${d.stepMs} ms, but the loop's tick is ${d.received} ms. Give the loop and the game the agent's stepMs as their tick.`,
  'agents/version': (d: { expected: string; received: string }) =>
    `This is not an agent that this version can load: expected ${d.expected}, but ${d.received} came. Pass what saveAgent returned, or load it with the version that saved it.`,

  // the HTML report
  'report/svg': (d: { title: string; reason: string }) =>
    `The figure '${d.title}' is not an SVG the report may embed (${d.reason}). Pass the text drawSvg() returned, unchanged.`,

  // learning: rollouts and updates
  'agents/rollout': (d: { expected: string; received: string }) =>
    `Learning needs ${d.expected}, but ${d.received} came. Correct what the Rollout, the Collector, evaluate() or train() is made with.`,
  'agents/not-finite': (d: { what: string; update: number; batch: Readonly<Record<string, Float32Array>> }) =>
    `Update ${d.update}: NaN or infinity came up in the ${d.what}, which must be finite. The weights are those of before the update, and the rows it came from are in error.data.batch. Look there for values that are far too large; a lower learningRate or rewardScale often helps.`,
  'agents/saved': (d: { what: string; reason: string }) =>
    `This is not a saved ${d.what} (${d.reason}). Pass what save() of the same kind returned, unchanged.`,
} as const

/** What each code carries. */
export type ErrorTable = { [C in keyof typeof wording]: Parameters<(typeof wording)[C]>[0] }
/** The code of an error, `room/what`. */
export type ErrorCode = keyof ErrorTable

const messages: { readonly [C in ErrorCode]: (data: ErrorTable[C]) => string } = wording

/**
 * The one error class of the library: test `error.code`, show `error.message`, log `error.data`.
 *
 * @example
 * ```ts
 * try {
 *   Rng.fromSeed(-1)
 * } catch (error) {
 *   console.log(error instanceof Bl1Error && error.code) // rng/seed
 * }
 * ```
 */
export class Bl1Error<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'Bl1Error'
  readonly code: C
  readonly data: ErrorTable[C]

  constructor(code: C, data: ErrorTable[C], options?: { cause?: unknown }) {
    super(messages[code](data), options)
    this.code = code
    this.data = data
  }
}
