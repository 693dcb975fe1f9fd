namespace Veil.Kernels;

/// <summary>
/// Which implementation of a kernel runs. Products always run <see cref="Simd"/>; tests compare it with
/// <see cref="Scalar"/>, the plain twin that says what the result is.
/// </summary>
internal enum KernelPath
{
    Simd,
    Scalar,
}
