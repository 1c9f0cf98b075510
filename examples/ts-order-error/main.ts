// An order's state machine with typed transitions. The last step is illegal, so the program ends in an error.
type State = 'draft' | 'placed' | 'paid' | 'shipped' | 'cancelled';

interface OrderLine {
  sku: string;
  quantity: number;
  unitCents: number;
}

interface Transition {
  from: State;
  to: State;
}

const allowed: Readonly<Record<State, readonly State[]>> = {
  draft: ['placed', 'cancelled'],
  placed: ['paid', 'cancelled'],
  paid: ['shipped'],
  shipped: [],
  cancelled: [],
};

class IllegalTransition extends Error {
  readonly transition: Transition;

  constructor(transition: Transition) {
    super(`an order can't go from ${transition.from} to ${transition.to}`);
    this.name = 'IllegalTransition';
    this.transition = transition;
  }
}

class Order {
  private state: State = 'draft';
  private readonly history: State[] = ['draft'];
  private readonly lines: OrderLine[];

  constructor(...lines: OrderLine[]) {
    this.lines = lines;
  }

  get total(): string {
    const cents = this.lines.reduce((sum, { quantity, unitCents }) => sum + quantity * unitCents, 0);
    return (cents / 100).toFixed(2);
  }

  moveTo(to: State): this {
    if (!allowed[this.state].includes(to)) {
      throw new IllegalTransition({ from: this.state, to });
    }
    this.state = to;
    this.history.push(to);
    return this;
  }

  toString(): string {
    return `${this.total} EUR: ${this.history.join(' > ')}`;
  }
}

const order = new Order({ sku: 'LAMP', quantity: 2, unitCents: 2450 }, { sku: 'BULB', quantity: 3, unitCents: 399 });
console.log(`${order.moveTo('placed').moveTo('paid')}`);

try {
  new Order().moveTo('cancelled').moveTo('paid');
} catch (error: unknown) {
  if (error instanceof IllegalTransition) console.log('refused:', error.message, JSON.stringify(error.transition));
}

order.moveTo('shipped');
console.log(String(order));
order.moveTo('draft' as State);
console.log('never reached');
