// Enums of every kind (numeric, string, computed, const) drive a traffic light and a permission check.
enum Light {
  Red,
  Green,
  Amber,
}

enum Command {
  Start = 'START',
  Stop = 'STOP',
  Night = 'NIGHT',
}

enum Permission {
  None = 0,
  Read = 1 << 0,
  Write = 1 << 1,
  Admin = 1 << 2,
  Editor = Read | Write,
  All = Editor | Admin,
}

const enum Seconds {
  Red = 30,
  Green = 25,
  Amber = 4,
}

const durations: Record<Light, number> = {
  [Light.Red]: Seconds.Red,
  [Light.Green]: Seconds.Green,
  [Light.Amber]: Seconds.Amber,
};

function next(light: Light): Light {
  switch (light) {
    case Light.Red:
      return Light.Green;
    case Light.Green:
      return Light.Amber;
    case Light.Amber:
      return Light.Red;
  }
}

class Junction {
  private light: Light = Light.Red;
  private elapsed = 0;

  constructor(
    public readonly name: string,
    private running = false,
  ) {}

  obey(command: Command): string {
    this.running = command === Command.Start;
    return `${this.name} ${command.toLowerCase()}`;
  }

  advance(seconds: number): Light {
    if (!this.running) return this.light;
    this.elapsed += seconds;
    while (this.elapsed >= durations[this.light]) {
      this.elapsed -= durations[this.light];
      this.light = next(this.light);
    }
    return this.light;
  }
}

function names(permission: Permission): string {
  const parts = [Permission.Read, Permission.Write, Permission.Admin].filter((flag) => permission & flag);
  return parts.map((flag) => Permission[flag]).join('+') || 'None';
}

const junction = new Junction('Mill Street');
console.log(Light[junction.advance(100)], '|', junction.obey(Command.Start));
console.log([29, 1, 25, 3, 1, 60].map((seconds) => Light[junction.advance(seconds)]).join(' '));
console.log(junction.obey(Command.Night), '|', Light[junction.advance(500)], junction.name);

console.log('members:', Object.keys(Light).filter((key) => Number.isNaN(Number(key))).join());
console.log('values:', Object.values(Command).join(), Light.Amber, Light['Green'], Light[0]);
console.log('editor:', names(Permission.Editor), '| all:', names(Permission.All), '| none:', names(Permission.None));

const granted: Permission = Permission.Read | Permission.Admin;
console.log('may write:', (granted & Permission.Write) !== 0, '| may administer:', (granted & Permission.Admin) !== 0);
console.log('without admin:', names(granted & ~Permission.Admin), '| cycle:', Seconds.Red + Seconds.Green + Seconds.Amber);
