#!/usr/bin/env bash
# Builds the guest's root image from Debian packages: build-rootfs.sh FOLDER AGENT RUNNER (folders)
# leaves FOLDER/rootfs.erofs, and FOLDER/base-<hash>.tar: the packages without Cordon's files, kept for the next time.
# Needs root and Debian 12 with apt, dpkg-deb and mkfs.erofs. Packages are unpacked, never configured: no init, no
# package manager and no maintainer script ends up in the guest.
set -euo pipefail
folder=$(realpath "$1") agent=$(realpath "$2") runner=$(realpath "$3")
recipe=$(sha256sum "$0" | cut -c1-16)
base=$folder/base-$recipe.tar
probe=$(dirname "$0")/../self-test/probe.py
inputs=$recipe-$(cat "$agent"/*.py "$runner"/run_program.py "$runner"/cordon_runner/*.* "$probe" | sha256sum | cut -c1-16)
if [[ -e $folder/rootfs.erofs && $(cat "$folder/rootfs.inputs" 2>/dev/null) == "$inputs" ]]; then exit 0; fi

suite=bookworm
packages=(base-files bash coreutils findutils grep sed gawk diffutils tar gzip procps python3 python3-numpy
  python3-pandas python3-matplotlib nodejs libc-bin)
# Pulled in by Debian's dependencies, of no use to a program without a compiler, a display or a network.
unwanted='^(adduser|binutils.*|blt|cpp.*|debconf|debianutils|dpkg|g\+\+.*|gcc|gcc-[0-9]+|gcc-[0-9]+-base|fonts-lyx|init-system-helpers|.*-dev|libasan.*|libboost.*|libcc1.*|libgprofng.*|libjs-.*|liblsan.*|libperl.*|libtcl.*|libtk.*|libtsan.*|libubsan.*|libx11-data|libopenblas0|libopenblas0-pthread|lsb-base|passwd|perl|perl-base|perl-modules.*|python3-(fs|lxml|lz4|mpmath|pil.imagetk|pythran|scipy|sympy|tk|ufolib2|beniget|gast|all)|rpcsvc-proto|sysvinit-utils|tk8.*|unicode-data|x11-common)$'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir "$root"

# The machine's own mirrors, whatever format its sources have.
site_of() {
  apt-get indextargets --no-release-info --format '$(SITE) $(RELEASE)' 'Created-By: Packages' |
    awk -v release="$1" '$2 == release { print $1; exit }'
}

build_base() {
  mkdir -p "$work"/{lists/partial,archives/partial,debs,no-parts}
  touch "$work/status"
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  for release in "$suite" "$suite-security"; do
    site=$(site_of "$release")
    if [[ -n $site ]]; then echo "deb [signed-by=$keyring] $site $release main" >>"$work/sources.list"; fi
  done
  # An apt of its own, so that what the machine has installed or prefers has no say in the guest.
  apt=(-q -q -o "Dir::State=$work" -o "Dir::State::status=$work/status" -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work" -o "Dir::Etc::sourcelist=$work/sources.list" -o "Dir::Etc::sourceparts=$work/no-parts"
    -o "Dir::Etc::preferencesparts=$work/no-parts" -o APT::Sandbox::User=root -o APT::Install-Recommends=false
    -o Acquire::Languages=none -o Acquire::Queue-Mode=access)

  apt-get "${apt[@]}" update
  wanted=$(apt-get "${apt[@]}" install -y --simulate "${packages[@]}" libopenblas0-serial |
    awk '$1 == "Inst" { gsub(/[()]/, "", $3); print $2 "=" $3 }' | awk -F= -v unwanted="$unwanted" '$1 !~ unwanted')
  (cd "$work/debs" && xargs apt-get "${apt[@]}" download <<<"$wanted")

  # Debian's merged /usr: packages of this release still ship files under the old names.
  for old in bin sbin lib lib64; do
    mkdir -p "$root/usr/$old"
    ln -s "usr/$old" "$root/$old"
  done
  for deb in "$work"/debs/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$root" --keep-directory-symlink \
      --exclude='./usr/share/doc' --exclude='./usr/share/man' --exclude='./usr/share/locale' --exclude='./usr/share/info' \
      --exclude='./usr/share/lintian' --exclude='./usr/share/bash-completion' --exclude='./usr/share/nodejs/npm' \
      --exclude='./etc/init.d' --exclude='./etc/systemd' --exclude='./lib/systemd' --exclude='*/matplotlib/tests/*' \
      --exclude='*/numpy/*/tests/*' --exclude='*/pandas/tests/*' --exclude='*/mpl-data/sample_data/*' --exclude='./usr/share/nodejs/@types' \
      --exclude='./usr/include' --exclude='*.a' --exclude='./usr/share/X11' --exclude='./usr/share/icons'
  done

  # What the packages' own scripts would have linked.
  libraries=usr/lib/$(uname -m)-linux-gnu
  ln -sf openblas-serial/libblas.so.3 "$root/$libraries/libblas.so.3"
  ln -sf openblas-serial/liblapack.so.3 "$root/$libraries/liblapack.so.3"
  ln -sf openblas-serial/libopenblas.so.0 "$root/$libraries/libopenblas.so.0"
  ln -sf gawk "$root/usr/bin/awk"
  ln -sf bash "$root/usr/bin/sh"

  rm -rf "$root"/var/* "$root"/usr/games "$root"/usr/local/*
  # Each start of python3 would run them, for 15 ms: a crash reporter that is not there, a package found without it.
  rm "$root"/{etc/python3.11,usr/lib/python3.11}/sitecustomize.py "$root"/usr/lib/python3/dist-packages/*-nspkg.pth
  mkdir -p "$root"/{dev,proc,sys,tmp,root,run,var/tmp,mnt,home/user,usr/lib/cordon,usr/local/bin,etc}
  chmod 1777 "$root/tmp" "$root/var/tmp"
  chmod 700 "$root/root"
  chown 1000:1000 "$root/home/user"
  printf 'root:x:0:0:root:/root:/bin/bash\nuser:x:1000:1000:user:/home/user:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\nuser:x:1000:\nnogroup:x:65534:\n' >"$root/etc/group"
  printf '127.0.0.1 localhost sandbox\n' >"$root/etc/hosts"
  printf 'hosts: files\npasswd: files\ngroup: files\n' >"$root/etc/nsswitch.conf"
  printf 'sandbox\n' >"$root/etc/hostname"
  ln -sf /usr/share/zoneinfo/Etc/UTC "$root/etc/localtime"

  chroot "$root" /usr/sbin/ldconfig
  rm -rf "$root/var/cache/ldconfig"
  # Bytecode is made here, as the guest's root is read-only and could never keep it. Unchecked: no look at the source on
  # import.
  chroot "$root" /usr/bin/python3 -m compileall -q --invalidation-mode unchecked-hash /usr/lib/python3.11 &
  chroot "$root" /usr/bin/python3 -m compileall -q --invalidation-mode unchecked-hash /usr/lib/python3
  wait $!
  # Nothing that they need was left out; the list of fonts that is made on the way saves each guest a second.
  chroot "$root" /usr/bin/env -i MPLCONFIGDIR=/usr/share/cordon-matplotlib /usr/bin/python3 -B -c \
    'import numpy, pandas, matplotlib.pyplot'
  chroot "$root" /usr/bin/env -i /usr/bin/node -e 0
}

if [[ -e $base ]]; then
  tar -x -C "$root" -f "$base"
else
  build_base
  rm -f "$folder"/base-*.tar
  tar -c -C "$root" -f "$base.part" .
  mv "$base.part" "$base"
fi

mkdir "$root/usr/lib/cordon/cordon_runner"
install -m 644 "$agent"/*.py "$runner/run_program.py" "$probe" "$root/usr/lib/cordon/"
install -m 644 "$runner"/cordon_runner/*.* "$root/usr/lib/cordon/cordon_runner/"
printf '#!/bin/sh\nexec /usr/bin/python3 /usr/lib/cordon/run_program.py "$@"\n' >"$root/usr/local/bin/cordon-run"
chmod 755 "$root/usr/local/bin/cordon-run"
chroot "$root" /usr/bin/python3 -m compileall -q --invalidation-mode unchecked-hash /usr/lib/cordon
chroot "$root" /usr/bin/env -i MPLCONFIGDIR=/usr/share/cordon-matplotlib PYTHONHASHSEED=0 /usr/bin/python3 -B \
  /usr/lib/cordon/write_bundles.py
rm "$root"/usr/lib/cordon/{,__pycache__/}write_bundles.*

# The same inputs give the same image.
find "$root" -xdev -exec touch -h -d '2000-01-01 UTC' {} +
mkfs.erofs -Enoinline_data -T 946684800 -U 6f726463-6e6f-4000-8000-000000000000 --quiet "$folder/rootfs.erofs.part" "$root"
mv "$folder/rootfs.erofs.part" "$folder/rootfs.erofs"
echo "$inputs" >"$folder/rootfs.inputs"
