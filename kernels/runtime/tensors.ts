/**
 * Who owns a tensor: the cell run that made it. The ledger writes down every tensor and variable that TensorFlow.js
 * makes while a run holds the turn (turns.ts), and frees what is left of them when the cell runs again or is removed.
 * A tensor that the run has dropped, that nothing can reach any more, is freed when the garbage collector finds it.
 *
 * Without an engine (no cell has asked for TensorFlow.js yet) all of this costs nothing.
 */
export interface TensorOwner {
  /** The run starts or goes on computing. */
  enter(): void;
  /** The run gives up the turn or ends. */
  leave(): void;
  /** Frees every tensor and variable of the run that is still alive. */
  dispose(): void;
}

export interface TensorLedger {
  /** Begins to write down what `engine` makes. Once in a kernel's life. */
  attach(engine: Engine): void;
  createOwner(): TensorOwner;
  /** Computes `work` for an owner whose turn it is not: a timer's callback. Synchronous. */
  during<T>(owner: TensorOwner, work: () => T): T;
  memory(): { tensors: number; bytes: number } | undefined;
}

/**
 * The parts of TensorFlow.js's engine that the ledger uses (tfjs-core/src/engine.ts). Variables pass through
 * `trackTensor` too, and the engine itself holds them until they are disposed.
 */
export interface Engine {
  state: { numTensors: number; numBytes: number; activeScope: unknown; scopeStack: unknown[] };
  trackTensor(tensor: EngineTensor, backend: unknown): void;
  disposeTensor(tensor: TensorRecord): void;
}

export interface EngineTensor extends TensorRecord {
  /** Variables alone have it. */
  readonly trainable?: boolean;
  readonly isDisposed: boolean;
  dispose(): void;
}

/** What the engine needs to know of a tensor to free it: kept when the tensor object itself is gone. */
interface TensorRecord {
  readonly id: number;
  readonly dataId: object;
  readonly dtype: string;
  readonly size: number;
  readonly shape: readonly number[];
}

/** The list of tensors of the present slice is swept when it has grown to this length, and then doubles. */
const FIRST_SWEEP = 2048;

interface Owner extends TensorOwner {
  fresh: EngineTensor[];
  sweepAt: number;
  readonly held: Map<number, WeakRef<EngineTensor>>;
  scope: { active: unknown; stack: unknown[] };
}

export function createTensorLedger(): TensorLedger {
  let engine: Engine | undefined;
  let current: Owner | undefined;
  /** Of variables alone: `assign` tracks one again, and a cell that assigns another's weights does not come to own them. */
  const makers = new WeakMap<EngineTensor, Owner>();

  const dropped = new FinalizationRegistry<{ owner: WeakRef<Owner>; record: TensorRecord }>((entry) => {
    entry.owner.deref()?.held.delete(entry.record.id);
    engine?.disposeTensor(entry.record);
  });

  /** Keeps of the slice's tensors those that outlive it, weakly: dropping them frees them. */
  function settle(owner: Owner): void {
    for (const tensor of owner.fresh) {
      if (tensor.isDisposed || owner.held.has(tensor.id)) continue;
      const { id, dataId, dtype, size, shape } = tensor;
      owner.held.set(id, new WeakRef(tensor));
      dropped.register(
        tensor,
        { owner: new WeakRef(owner), record: { id, dataId, dtype, size, shape } },
        tensor,
      );
    }
    owner.fresh = [];
    owner.sweepAt = FIRST_SWEEP;
    for (const [id, reference] of owner.held) {
      const tensor = reference.deref();
      if (!tensor?.isDisposed) continue;
      owner.held.delete(id);
      dropped.unregister(tensor);
    }
  }

  function enter(owner: Owner): void {
    current = owner;
    if (!engine) return;
    engine.state.activeScope = owner.scope.active;
    engine.state.scopeStack = owner.scope.stack;
  }

  function leave(owner: Owner): void {
    if (current !== owner) return;
    current = undefined;
    if (!engine) return;
    owner.scope = { active: engine.state.activeScope, stack: engine.state.scopeStack };
    engine.state.activeScope = null;
    engine.state.scopeStack = [];
    settle(owner);
  }

  function createOwner(): TensorOwner {
    const owner: Owner = {
      fresh: [],
      sweepAt: FIRST_SWEEP,
      held: new Map(),
      scope: { active: null, stack: [] },
      enter: () => enter(owner),
      leave: () => leave(owner),
      dispose() {
        settle(owner);
        for (const reference of owner.held.values()) {
          const tensor = reference.deref();
          if (!tensor) continue;
          dropped.unregister(tensor);
          if (!tensor.isDisposed) tensor.dispose();
        }
        owner.held.clear();
        owner.scope = { active: null, stack: [] };
      },
    };
    return owner;
  }

  return {
    attach(attached) {
      engine = attached;
      const { trackTensor } = attached;
      attached.trackTensor = function (tensor, backend) {
        trackTensor.call(attached, tensor, backend);
        if (!current) return;
        if (tensor.trainable !== undefined) {
          if ((makers.get(tensor) ?? current) !== current) return;
          makers.set(tensor, current);
        }
        if (current.fresh.push(tensor) < current.sweepAt) return;
        current.fresh = current.fresh.filter((made) => !made.isDisposed);
        current.sweepAt = Math.max(FIRST_SWEEP, 2 * current.fresh.length);
      };
    },
    createOwner,
    during(owner, work) {
      const interrupted = current;
      if (interrupted) leave(interrupted);
      enter(owner as Owner);
      try {
        return work();
      } finally {
        leave(owner as Owner);
        if (interrupted) enter(interrupted);
      }
    },
    memory() {
      return engine && { tensors: engine.state.numTensors, bytes: engine.state.numBytes };
    },
  };
}
