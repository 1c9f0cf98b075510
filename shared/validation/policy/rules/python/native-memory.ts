import { textOf } from '../../parse/syntax-tree.ts';
import type { PythonRule } from '../../rule.ts';

const writers =
  /^ctypes\.(?:memmove|memset|string_at|wstring_at|cast|pythonapi\..*)$|^ctypes\..*\.from_address$/;
const libraries = /^ctypes\.(?:CDLL|PyDLL|cdll\.LoadLibrary|cdll|util\.find_library)/;
const calls =
  /\b(?:system|execve?|execl|execvp|fork|vfork|clone|syscall|mprotect|ptrace|mmap|kill|setuid|setgid|chroot|mount|unshare|prctl|popen|dlopen|process_vm_writev|memfd_create|socket|reboot)\s*\(/;

export const nativeMemory: PythonRule = {
  id: 'py-native-memory',
  severity: 'high',
  title: 'It works on the memory of the process or calls the kernel past Python ({name}).',
  cause: 'Below Python there is nothing that keeps values apart.',
  explanation:
    '`ctypes` on an address that is a number or made of `id()` (`memmove`, `memset`, `from_address`, `string_at`, `cast`), or that calls functions such as `system`, `execve`, `mprotect` and `syscall`. Structures and arrays of `ctypes` are fine.',
  hint: 'Use struct, array or memoryview for bytes.',
  denied: 'import ctypes\nctypes.memset(id(1), 0, 16)\n',
  allowed: 'import ctypes\nprint(ctypes.sizeof(ctypes.c_int))\n',
  *find({ tree, calls: all, imports }) {
    if (!imports.some(({ module }) => /^_?ctypes|^cffi/.test(module))) return;
    const isCalling = calls.test(tree.source);
    for (const { node, reference, arguments: given } of all) {
      const [address] = given;
      const isForged = address !== undefined && /\bid\(|^(?:0x)?\d/.test(textOf(tree, address).slice(0, 200));
      if (writers.test(reference) ? isForged : libraries.test(reference) && isCalling)
        yield { node, name: reference };
    }
  },
};
