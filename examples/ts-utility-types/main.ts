// Utility, mapped, conditional and template literal types around a form model; all of them vanish at run time.
interface Profile {
  name: string;
  email: string;
  age: number;
  newsletter: boolean;
}

type FieldState<T> = { value: T; error?: string; touched: boolean };
type Form<T> = { [K in keyof T]: FieldState<T[K]> };
type Validators<T> = { readonly [K in keyof T]?: (value: T[K], all: Readonly<T>) => string | undefined };
type Handlers<T> = { [K in keyof T as `on${Capitalize<string & K>}Change`]: (value: T[K]) => void };
type KeysOfType<T, V> = { [K in keyof T]: T[K] extends V ? K : never }[keyof T];
type Summary = Pick<Profile, 'name' | 'age'> & Partial<Omit<Profile, 'name' | 'age'>>;
type Unwrapped<T> = T extends Promise<infer Inner> ? Unwrapped<Inner> : T;

function toForm<T extends object>(initial: T): Form<T> {
  const entries = Object.entries(initial).map(([key, value]) => [key, { value, touched: false }]);
  return Object.fromEntries(entries) as Form<T>;
}

function valuesOf<T extends object>(form: Form<T>): T {
  const entries = Object.entries(form) as [string, FieldState<unknown>][];
  return Object.fromEntries(entries.map(([key, { value }]) => [key, value])) as T;
}

function handlersFor<T extends object>(form: Form<T>, validators: Validators<T>): Handlers<T> {
  const handlers: Record<string, (value: never) => void> = {};
  for (const key of Object.keys(form) as (keyof T & string)[]) {
    handlers[`on${key[0]?.toUpperCase()}${key.slice(1)}Change`] = (value: T[typeof key]) => {
      const error = validators[key]?.(value, valuesOf(form));
      form[key] = { value, touched: true, ...(error !== undefined && { error }) };
    };
  }
  return handlers as Handlers<T>;
}

const numericKeys: KeysOfType<Profile, number>[] = ['age'];
const labels = {
  name: 'Name',
  email: 'E-mail',
  age: 'Age',
  newsletter: 'Newsletter',
} as const satisfies Record<keyof Profile, string>;

const form = toForm<Profile>({ name: '', email: '', age: 0, newsletter: false });
const handlers = handlersFor(form, {
  name: (name) => (name.trim() ? undefined : 'is required'),
  email: (email) => (/^\S+@\S+\.\S+$/.test(email) ? undefined : 'is not an address'),
  age: (age, { newsletter }) => (newsletter && age < 16 ? 'must be 16 for the newsletter' : undefined),
});

handlers.onNameChange('Ida');
handlers.onEmailChange('ida@example');
handlers.onNewsletterChange(true);
handlers.onAgeChange(12);

for (const key of Object.keys(form) as (keyof Profile)[]) {
  const { value, error, touched } = form[key];
  console.log(`${labels[key].padEnd(11)} ${JSON.stringify(value).padEnd(14)} ${touched ? '*' : ' '} ${error ?? 'ok'}`);
}

handlers.onEmailChange('ida@example.com');
const errors = Object.values(form).flatMap(({ error }) => error ?? []);
console.log('errors left:', errors);

const summary: Summary = { name: form.name.value, age: form.age.value };
const frozen: Readonly<Required<Summary>> = Object.freeze({ email: '', newsletter: false, ...summary });
console.log(JSON.stringify(frozen), Object.isFrozen(frozen), numericKeys);

async function load(): Promise<Promise<number>> {
  return Promise.resolve(41);
}
const loaded: Unwrapped<ReturnType<typeof load>> = await load();
console.log('unwrapped:', loaded + 1, Object.keys(handlers).join(' '));
