/** One way to harm with a command line. */
export interface HostileCommand {
  what: string;
  pattern: RegExp;
}

const shell = String.raw`(?:/usr)?(?:/bin/)?(?:env )?(?:ba|z|k|da|c|tc|a)?sh\b`;
const interpreter = `(?:sudo )?(?:${shell}|(?:/usr/bin/)?(?:python[23]?(?:\\.\\d+)?|perl|ruby|node|php)\\b)`;
const start = String.raw`(?:^|[\s;&|(\x60"'/])`;

/**
 * What is looked for in command lines, of bash as of calls that start commands. Repeats are bounded, so that a line of
 * any length is searched in linear time.
 */
export const hostileCommands = {
  reverseShell: {
    what: 'gives a remote host a shell',
    pattern: new RegExp(
      [
        '/dev/(?:tcp|udp)/',
        `${start}(?:nc|ncat|netcat|nc\\.\\w{1,12})\\s[^\\n]{0,200}?(?:-\\w{0,6}[ec]\\s|--exec|--sh-exec|-c\\s)`,
        `mkfifo[^\\n]{0,300}${start}(?:nc|ncat|netcat|telnet|openssl)\\s`,
        `(?:telnet|nc|ncat|netcat)\\s[^|\\n]{0,200}\\|\\s*${shell}`,
        String.raw`socat\s[^\n]{0,200}exec:`,
        String.raw`(?:python[23]?|perl|ruby|php|node|lua|awk|gawk)[^\n]{0,60}(?:-[erc]|BEGIN)[^\n]{0,400}(?:socket|TCPSocket|fsockopen|/inet/)`,
        String.raw`openssl s_client[^\n]{0,200}\|\s*(?:/bin/)?(?:ba)?sh`,
        String.raw`(?:ba)?sh -i\b[^\n]{0,100}(?:>|\||&)`,
      ].join('|'),
      'i',
    ),
  },
  remoteScript: {
    what: 'runs a script from the network',
    pattern: new RegExp(
      [
        `${start}(?:curl|wget|fetch|aria2c|lwp-download)\\s[^\\n]{0,400}\\|\\s*(?:tee [^|]{0,80}\\|\\s*)?(?:base64 -d\\s*\\|\\s*|gunzip[^|]{0,20}\\|\\s*)?(?:xargs\\s[^|]{0,40})?${interpreter}`,
        `${shell}\\s(?:-c\\s)?["']?[<$]\\(?\\s*<?\\(?\\s*(?:curl|wget)\\s`,
        `(?:eval|source|\\.)\\s["']?[<$]\\(\\s*(?:curl|wget)\\s`,
        String.raw`(?:curl|wget)\s[^\n]{0,300}(?:;|&&|\|\|)\s*(?:sudo )?(?:chmod \S{1,12} |bash |sh |\./)`,
      ].join('|'),
      'i',
    ),
  },
  decodedScript: {
    what: 'runs text that it decodes first',
    pattern: new RegExp(
      [
        `(?:base64\\s(?:-\\w{0,4}d|--decode|-D)|base32 -d|xxd -r|openssl (?:enc|base64) [^|]{0,40}-d|gunzip|zcat|uudecode|rev|tr)[^|\\n]{0,200}\\|\\s*(?:rev\\s*\\|\\s*)?${interpreter}`,
        `(?:eval|${shell} -c|source)\\s[^\\n]{0,60}(?:base64 (?:-d|--decode|-D)|xxd -r|printf \\\\x|rev\\b|tr [a-zA-Z'"])`,
        `printf\\s[^|\\n]{0,400}(?:\\\\x|x[0-9a-f]{2})[^|\\n]{0,400}\\|\\s*${shell}`,
        `${shell}\\s<<<\\s*[<$]\\(`,
      ].join('|'),
    ),
  },
  deleteRoot: {
    what: 'deletes what it did not make',
    pattern: new RegExp(
      [
        String.raw`${start}rm\s(?:-{1,2}[\w-]{1,24}\s){0,6}(?:/\*?|~/?\*?|/(?:etc|usr|var|home|root|bin|boot|lib|opt|srv|dev|proc|sys)/?\*?|\.\./\.\./\S{0,80}|\$HOME/?\*?|\x00/?\*)(?:\s|$|["';&|)])`,
        '--no-preserve-root',
        String.raw`find\s/(?:\s|[a-z]{1,8}\s)[^\n]{0,200}(?:-delete|-exec\s\S{0,10}rm\b)`,
        String.raw`(?:shred|srm|wipe)\s[^\n]{0,100}/(?:etc|var|home|dev|root)?`,
        String.raw`chmod\s(?:-\w{1,6}\s){0,3}(?:000|777|a\+rwx)\s(?:/|/etc|/usr)(?:\s|$)`,
        String.raw`(?:mv|cp)\s\S{1,80}\s/dev/null$|mv\s(?:/|~/?\*?|/\*)\s`,
        String.raw`>\s*/etc/(?:passwd|hosts|fstab|resolv\.conf)`,
      ].join('|'),
    ),
  },
  deviceWrite: {
    what: 'writes to a device',
    pattern: new RegExp(
      [
        String.raw`of=/dev/(?!null|stdout|stderr|zero\b)`,
        String.raw`>\|?\s*/dev/(?:sd|hd|vd|xvd|nvme|mem|kmem|port|disk|dm-|loop|mapper)`,
        String.raw`${start}(?:mkfs(?:\.\w{1,8})?|fdisk|parted|sgdisk|wipefs|mkswap|blkdiscard|hdparm)\s`,
        String.raw`(?:cat|cp|tee|dd)\s[^\n]{0,100}\s/dev/(?:sd|hd|vd|nvme|mem|kmem)`,
        '/proc/sysrq-trigger|/proc/sys/kernel/',
      ].join('|'),
    ),
  },
  forkBomb: {
    what: 'starts processes without end',
    pattern:
      /(?:^|[\s;])([\w:.]{1,40})\s*\(\s*\)\s*\{[^}]{0,80}\1\s*\|\s*\1\s*&|while\s+(?:true|:|\[ 1 \]|1)\s*;\s*do\s[^;]{0,80}&\s*(?:;\s*)?done|\$0\s*(?:\|\s*\$0\s*)?&|%0\|%0|yes\s*\|\s*xargs\s[^\n]{0,40}-P\s*0/,
  },
  killOthers: {
    what: 'ends processes that are not its own',
    pattern:
      /(?:^|[\s;&|])kill\s(?:-(?:\w{1,8}|s\s\w{1,8})\s)?(?:-{1,2}\s?)?(?:-1|1)(?:\s|$|;)|killall5|kill(?:all)?\s-9\s-1|pkill\s(?:-\w{1,8}\s){1,3}(?:\.|-u\s?root|'?\.\*)|(?:^|[;&|]\s{0,3}|sudo\s)(?:\/sbin\/)?(?:shutdown|reboot|halt|poweroff|init 0|init 6)\b(?!\w)|systemctl\s(?:stop|disable|reboot|poweroff)/,
  },
  persistence: {
    what: 'makes itself start again or lets somebody in',
    pattern:
      /crontab\s(?:-(?!l)|[^\s-])|\|\s*crontab\b|(?:>>?|tee(?:\s-a)?)\s*\S{0,80}(?:authorized_keys|\.bashrc|\.profile|\.zshrc|\.bash_profile|\/etc\/cron|\/etc\/rc\.local|\/etc\/sudoers|\/etc\/ld\.so\.preload|\/etc\/passwd|\/etc\/systemd|\/etc\/init\.d|\/var\/spool\/cron)|useradd\s|adduser\s|usermod\s[^\n]{0,60}(?:sudo|root|wheel)|systemctl\s(?:enable|daemon-reload)|LD_PRELOAD=|chpasswd/,
  },
  escape: {
    what: 'tries to leave its container',
    pattern:
      /(?:^|[\s;&|])(?:nsenter|unshare|insmod|modprobe|kexec|pivot_root|chroot|capsh|ptrace|gdb -p|setcap)\s|mount\s+(?:-\w{1,6}\s)|docker\.sock|release_agent|core_pattern|docker\s(?:run|exec)[^\n]{0,200}(?:--privileged|-v\s?\/:)|kubectl\s|runc\s|chmod\s(?:[ug]{0,2}\+s|[2467][0-7]{3})\s/,
  },
  exfiltration: {
    what: 'sends what it finds to somebody',
    pattern: new RegExp(
      [
        String.raw`(?:^|[\s;&|(])(?:env|printenv|set|export -p|cat\s[^|\n]{1,200}|tar\s[^|\n]{1,200}|find\s[^|\n]{1,200}|history|ps [a-z]{1,4}|id|whoami|uname -a)(?:\s*\|\s*(?:base64|gzip|xxd|sort|tr|head)[^|\n]{0,60}){0,3}\s*\|\s*(?:curl|wget|nc|ncat|netcat|openssl|telnet|mail|sendmail|socat|ssh)\b`,
        String.raw`(?:curl|wget)\s[^\n]{0,300}(?:-d|--data(?:-\w{1,10})?|-F|-T|--upload-file|--post-file|--post-data)[\s=]["']?[^\n]{0,40}(?:@?/etc/|@?~?/\.|\$\((?:env|cat|printenv|id|whoami|hostname|base64)|@?/proc|@\S)`,
        String.raw`(?:nc|ncat|netcat)\s[^\n]{0,100}<\s*[/~]`,
        String.raw`(?:nslookup|dig|host|ping|curl|wget)\s[^\n]{0,100}\$\(\s*(?:env|cat|whoami|hostname|id|base64|printenv)`,
        String.raw`(?:scp|rsync|sftp)\s[^\n]{0,200}(?:/etc|~/\.|/root|/home)[^\n]{0,200}@`,
      ].join('|'),
    ),
  },
  traces: {
    what: 'wipes its traces',
    pattern:
      /history\s-c|unset\s+HISTFILE|HISTFILE=\/dev\/null|(?:rm|shred|truncate)\s[^\n]{0,60}(?:\/var\/log|\.bash_history)|>\s*(?:\/var\/log\/|~\/\.bash_history)/,
  },
} as const satisfies Record<string, HostileCommand>;

/** What a command line does that nobody wants, in words; null for most. */
export function hostilityOf(text: string): string | null {
  for (const { what, pattern } of Object.values(hostileCommands)) if (pattern.test(text)) return what;
  return null;
}
