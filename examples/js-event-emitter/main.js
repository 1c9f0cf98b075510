// Classes: private fields, accessors, statics, inheritance, mixins, Symbol hooks and an event emitter.
class Emitter {
  #listeners = new Map();

  on(event, listener) {
    const list = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, [...list, listener]);
    return () => this.off(event, listener);
  }

  once(event, listener) {
    const stop = this.on(event, function (...args) {
      stop();
      listener.apply(this, args);
    });
  }

  off(event, listener) {
    this.#listeners.set(event, (this.#listeners.get(event) ?? []).filter((other) => other !== listener));
  }

  emit(event, ...args) {
    const list = this.#listeners.get(event) ?? [];
    list.forEach((listener) => listener.apply(this, args));
    return list.length > 0;
  }
}

const Describable = (Base) =>
  class extends Base {
    describe() {
      return `<${this.constructor.name} ${this}>`;
    }
  };

class Thermostat extends Describable(Emitter) {
  static #made = 0;
  static MAXIMUM = 30;
  #celsius = 20;

  constructor(room) {
    super();
    this.room = room;
    Thermostat.#made += 1;
  }

  static get made() {
    return Thermostat.#made;
  }

  get celsius() {
    return this.#celsius;
  }

  set celsius(value) {
    if (!Number.isFinite(value)) throw new TypeError(`not a temperature: ${value}`);
    const before = this.#celsius;
    this.#celsius = Math.min(value, Thermostat.MAXIMUM);
    if (this.#celsius !== before) this.emit('change', this.#celsius, before);
  }

  get fahrenheit() {
    return (this.#celsius * 9) / 5 + 32;
  }

  toString() {
    return `${this.room} ${this.#celsius.toFixed(1)}°C`;
  }

  *[Symbol.iterator]() {
    for (let degree = Math.ceil(this.#celsius); degree <= Thermostat.MAXIMUM; degree += 5) yield degree;
  }

  get [Symbol.toStringTag]() {
    return 'Thermostat';
  }

  static isThermostat(value) {
    return typeof value === 'object' && value !== null && #celsius in value;
  }
}

const kitchen = new Thermostat('kitchen');
const stop = kitchen.on('change', (now, before) => console.log(`changed from ${before} to ${now}`));
kitchen.once('change', function () {
  console.log('first change of the', this.room);
});

kitchen.celsius = 22.5;
kitchen.celsius = 22.5;
kitchen.celsius = 99;
stop();
kitchen.celsius = 18;
try {
  kitchen.celsius = 'warm';
} catch (error) {
  console.log(error.name, '-', error.message);
}

console.log(kitchen.describe(), kitchen.fahrenheit, 'F');
console.log('steps:', [...kitchen].join(' '));
console.log(Object.prototype.toString.call(kitchen), `${new Thermostat('attic')}`, Thermostat.made);
console.log(Thermostat.isThermostat(kitchen), Thermostat.isThermostat({ celsius: 1 }), kitchen instanceof Emitter);
console.log('own keys:', Object.keys(kitchen), 'listeners left:', kitchen.emit('change', 0, 0), kitchen.emit('fire'));
