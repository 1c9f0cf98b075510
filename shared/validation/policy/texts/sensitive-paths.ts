/** Files that tell secrets or change the machine, as far as a text can name them. Ordinary programs open none. */
export const sensitivePath = new RegExp(
  [
    String.raw`/etc/(?:g?shadow|sudoers|master\.passwd|kubernetes/|ld\.so\.preload|cron)`,
    String.raw`/proc/(?:self|thread-self|\d+|\*|\x00)/(?:environ|mem|maps|root|cwd|fd|cmdline|exe)|/proc/(?:kcore|kmem|sysrq-trigger|sys/kernel)`,
    String.raw`/dev/(?:mem|kmem|port|sd[a-z]|hd[a-z]|vd[a-z]|xvd[a-z]|nvme\d|disk/|kvm|fuse|dm-\d|loop\d)`,
    String.raw`\.aws/(?:credentials|config)|\.ssh(?:/|$)|\bid_(?:rsa|ed25519|ecdsa)\b|\.kube/config|\.docker/config\.json|[~/]/?\.netrc\b|\.git-credentials|\.gnupg/|\.bash_history|\.config/gcloud`,
    String.raw`/var/run/docker\.sock|/run/docker\.sock|/run/containerd|/run/secrets/|/var/run/secrets/kubernetes|/var/spool/cron|authorized_keys`,
    String.raw`release_agent|/sys/fs/cgroup|/sys/kernel|/sys/firmware|(?:\.\./){3,12}(?:etc|proc|root|home|var|sys)/`,
    String.raw`/(?:root|home/\w{1,32})/\.(?:bashrc|profile|bash_profile|ssh)|~/\.(?:bashrc|profile|bash_profile|zshrc)`,
    String.raw`/etc/passwd\b|/var/log/(?:auth|secure|wtmp|lastlog)|/etc/init\.d/|/etc/systemd/|/etc/rc\.local`,
  ].join('|'),
);

/** Addresses where clouds hand credentials to whoever asks from inside. */
export const metadataAddress =
  /169\.254\.169\.254|169\.254\.170\.2|fd00:ec2::254|metadata\.google\.internal|metadata\.azure|100\.100\.100\.200|\b2852039166\b|0xa9fea9fe|\[::ffff:a9fe:a9fe\]/i;

/** What only miners of cryptocurrency speak. */
export const miningText =
  /stratum(?:2)?\+(?:tcp|ssl|udp)|\bxmrig\b|\bminerd\b|\bcpuminer\b|\bcryptonight\b|\brandomx\b|nanopool|minexmr|supportxmr|moneroocean|coinhive|ethermine|\bnicehash\b/i;
