// SPDX-License-Identifier: MIT
using System.Reflection;

[assembly: AssemblyTitle("TinyInfer.Native")]
[assembly: AssemblyCopyright("The TinyInfer contributors, MIT licence")]
[assembly: AssemblyVersion("1.0.0.0")]
[assembly: AssemblyNativeVersion("100.0.0.1")]
