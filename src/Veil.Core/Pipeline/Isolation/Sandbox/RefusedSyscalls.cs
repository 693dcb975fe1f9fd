namespace Veil.Pipeline.Isolation.Sandbox;

/// <summary>The system calls that no work on pictures and films needs, and why each would be a way out.</summary>
internal static class RefusedSyscalls
{
    /// <summary>The numbers on this processor.</summary>
    public static IEnumerable<int> Here => new[] { Network, OtherProcesses, Places, Kernel, System, Keys, Rings, SharedByName, Attributes }
        .SelectMany(group => group).Select(call => call.Here).OfType<int>();

    // Connections: to other machines, to services of this one and to its other programs, by whatever family of sockets. Pairs of
    // connected sockets lead nowhere and stay.
    private static Syscall[] Network =>
    [
        new(41, 198), // socket
        new(49, 200), // bind
        new(42, 203), // connect
        new(50, 201), // listen
        new(43, 202), // accept
        new(288, 242), // accept4
    ];

    // Memory and open files of the user's other programs, and programs that have no path which a rule could be about.
    private static Syscall[] OtherProcesses =>
    [
        new(101, 117), // ptrace
        new(310, 270), // process_vm_readv
        new(311, 271), // process_vm_writev
        new(312, 272), // kcmp
        Syscall.Everywhere(438), // pidfd_getfd
        Syscall.Everywhere(440), // process_madvise
        Syscall.Everywhere(448), // process_mrelease
        new(256, 238), // migrate_pages
        new(279, 239), // move_pages
        new(322, 281), // execveat
    ];

    // Another view of the file system: mounts, roots and namespaces, in which an ordinary user is a privileged one. Files by
    // handles, past every folder.
    private static Syscall[] Places =>
    [
        new(165, 40), // mount
        new(166, 39), // umount2
        new(155, 41), // pivot_root
        new(161, 51), // chroot
        new(272, 97), // unshare
        new(308, 268), // setns
        Syscall.Everywhere(428), // open_tree
        Syscall.Everywhere(429), // move_mount
        Syscall.Everywhere(430), // fsopen
        Syscall.Everywhere(431), // fsconfig
        Syscall.Everywhere(432), // fsmount
        Syscall.Everywhere(433), // fspick
        Syscall.Everywhere(442), // mount_setattr
        new(303, 264), // name_to_handle_at
        new(304, 265), // open_by_handle_at
        new(300, 262), // fanotify_init
    ];

    // Large and seldom tried parts of the kernel, which its own weaknesses are mostly found in.
    private static Syscall[] Kernel =>
    [
        new(321, 280), // bpf
        new(298, 241), // perf_event_open
        new(323, 282), // userfaultfd
        new(175, 105), // init_module
        new(313, 273), // finit_module
        new(176, 106), // delete_module
        new(246, 104), // kexec_load
        new(320, 294), // kexec_file_load
        new(172, null), // iopl
        new(173, null), // ioperm
        new(154, null), // modify_ldt
    ];

    // What only an administrator may do anyway: for servers that are run as one.
    private static Syscall[] System =>
    [
        new(163, 89), // acct
        new(179, 60), // quotactl
        Syscall.Everywhere(443), // quotactl_fd
        new(167, 224), // swapon
        new(168, 225), // swapoff
        new(169, 142), // reboot
        new(103, 116), // syslog
        new(170, 161), // sethostname
        new(171, 162), // setdomainname
        new(164, 170), // settimeofday
        new(227, 112), // clock_settime
        new(159, 171), // adjtimex
        new(305, 266), // clock_adjtime
        new(153, 58), // vhangup
    ];

    // The kernel's store of the user's passwords and tickets.
    private static Syscall[] Keys =>
    [
        new(248, 217), // add_key
        new(249, 218), // request_key
        new(250, 219), // keyctl
    ];

    // Rings make the kernel do what a filter never sees.
    private static Syscall[] Rings =>
    [
        Syscall.Everywhere(425), // io_uring_setup
        Syscall.Everywhere(426), // io_uring_enter
        Syscall.Everywhere(427), // io_uring_register
    ];

    // Memory and messages that programs share by a number or name outside the file system, a display's pictures among them.
    private static Syscall[] SharedByName =>
    [
        new(29, 194), // shmget
        new(30, 196), // shmat
        new(64, 190), // semget
        new(68, 186), // msgget
        new(240, 180), // mq_open
        new(241, 181), // mq_unlink
    ];

    // Landlock does not look at who changes rights, owners and times of a path, or at an old kernel's truncate. What is open may be
    // changed through its descriptor.
    private static Syscall[] Attributes =>
    [
        new(90, null), // chmod
        new(268, 53), // fchmodat
        Syscall.Everywhere(452), // fchmodat2
        new(92, null), // chown
        new(94, null), // lchown
        new(93, 55), // fchown
        new(260, 54), // fchownat
        new(132, null), // utime
        new(235, null), // utimes
        new(261, null), // futimesat
        new(188, 5), // setxattr
        new(189, 6), // lsetxattr
        new(190, 7), // fsetxattr
        new(197, 14), // removexattr
        new(198, 15), // lremovexattr
        new(199, 16), // fremovexattr
        new(76, 45), // truncate
    ];
}
