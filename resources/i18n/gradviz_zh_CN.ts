<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CheckTable</name>
    <message>
        <source>Gradient check</source>
        <translation>梯度检验</translation>
    </message>
    <message>
        <source>closed form</source>
        <translation>解析式</translation>
    </message>
    <message>
        <source>autograd</source>
        <translation>自动求导</translation>
    </message>
    <message>
        <source>finite diff.</source>
        <translation>有限差分</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>最大差值</translation>
    </message>
    <message>
        <source>✓ {0}, {1}: the three agree within {2}</source>
        <translation>✓ {0}，{1}：三者相差不超过 {2}</translation>
    </message>
    <message>
        <source>✗ {0}, {1}: not finite here; the numbers overflow</source>
        <translation>✗ {0}，{1}：此处数值溢出，不是有限值</translation>
    </message>
    <message>
        <source>✗ {0}, {1}: {2} differs by {3}, more than the {4} that rounding explains</source>
        <translation>✗ {0}，{1}：{2} 相差 {3}，超出舍入误差所能解释的 {4}</translation>
    </message>
</context>
<context>
    <name>ContourMap</name>
    <message>
        <source>Contour map of the function; a click starts a descent there</source>
        <translation>函数的等高线图；单击某处即从该处开始下降</translation>
    </message>
    <message>
        <source>The start: drag it, or click anywhere</source>
        <translation>起点：可以拖动，也可以单击任意位置</translation>
    </message>
    <message>
        <source>click anywhere to start</source>
        <translation>单击任意位置，从那里开始下降</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
</context>
<context>
    <name>DescentTab</name>
    <message>
        <source>What the session says of this tab can&apos;t be read.</source>
        <translation>会话中关于本页的内容无法读取。</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Descent&lt;/h3&gt;&lt;p&gt;The picture is a map of a function of two variables: bright is high, dark is low, and every line joins points of one height. The gradient ∇f points uphill, at a right angle to the lines; an optimizer of torch.optim walks against it.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Click anywhere&lt;/b&gt; to start there. Drag to pan, turn the wheel to zoom. Everything that is drawn was computed by torch on the chosen device.&lt;/p&gt;&lt;p&gt;At the right are the loss and the norm of the gradient for every step; click on a curve, or drag the timeline, to look at an earlier one.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;梯度下降&lt;/h3&gt;&lt;p&gt;图中是一个二元函数的等高线图：亮处高，暗处低，每条线连接高度相同的点。梯度 ∇f 指向上坡方向，与等高线垂直；torch.optim 的优化器沿着与它相反的方向前进。&lt;/p&gt;&lt;p&gt;&lt;b&gt;单击任意位置&lt;/b&gt;，就从那里开始下降。拖动可平移，滚轮可缩放。图中的一切都由 torch 在所选设备上算出。&lt;/p&gt;&lt;p&gt;右侧是每一步的损失和梯度的范数；单击曲线或拖动时间轴，可以回看较早的一步。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Nothing is copied: torch is not there, or a field in red has no value</source>
        <translation>未复制：torch 尚未就绪，或有标红的输入框没有值</translation>
    </message>
    <message>
        <source>Copied: a script up to step {0}</source>
        <translation>已复制：运行到第 {0} 步的脚本</translation>
    </message>
    <message>
        <source>This descent has ended; Run begins it anew, Reset clears it.</source>
        <translation>本次下降已结束；“运行”重新开始，“重置”清除记录。</translation>
    </message>
    <message>
        <source>Not started: torch could not be loaded.</source>
        <translation>未开始：torch 未能加载。</translation>
    </message>
    <message>
        <source>Starts as soon as torch is loaded.</source>
        <translation>torch 加载完成后立即开始。</translation>
    </message>
    <message>
        <source>Not started: torch refuses these hyper-parameters; it says why at the left.</source>
        <translation>未开始：torch 不接受这些超参数，原因见左侧。</translation>
    </message>
    <message>
        <source>Not started: a field in red does not take its value.</source>
        <translation>未开始：标红的输入框不接受其中的值。</translation>
    </message>
    <message>
        <source>Not taken from the session: {0}</source>
        <translation>会话中有未被接受的值：{0}</translation>
    </message>
    <message>
        <source>The descent stopped on an error: {0}</source>
        <translation>下降因出错而停止：{0}</translation>
    </message>
    <message>
        <source>Stopped by an error; what was recorded stays.</source>
        <translation>因出错而停止；已记录的内容保留。</translation>
    </message>
    <message>
        <source>{0} steps/s</source>
        <translation>{0} 步/秒</translation>
    </message>
    <message>
        <source>{0} can&apos;t be used; the descent runs on the CPU.</source>
        <translation>无法使用 {0}；下降改在 CPU 上运行。</translation>
    </message>
    <message>
        <source>at the start ({0}, {1})</source>
        <translation>起点 ({0}, {1})</translation>
    </message>
    <message>
        <source>Paused at step {0}; Run goes on from there.</source>
        <translation>已在第 {0} 步暂停；按“运行”从这里继续。</translation>
    </message>
</context>
<context>
    <name>Ending</name>
    <message>
        <source>Converged to {0}: ‖∇f‖ has stayed under the tolerance since step {1} of {2}.</source>
        <translation>收敛到{0}：共 {2} 步，从第 {1} 步起 ‖∇f‖ 一直低于容差。</translation>
    </message>
    <message>
        <source>Step limit: all {0} steps are done. {1}</source>
        <translation>已达步数上限：{0} 步全部走完。{1}</translation>
    </message>
    <message>
        <source>Cancelled at step {0}; what was recorded stays.</source>
        <translation>已在第 {0} 步取消；已记录的内容保留。</translation>
    </message>
    <message>
        <source>the minimum {0} at {1}</source>
        <translation>极小值点 {0} {1}</translation>
    </message>
    <message>
        <source>a minimum at {0}</source>
        <translation>极小值点 {0}</translation>
    </message>
    <message>
        <source>a maximum at {0}, where the gradient vanishes as well</source>
        <translation>极大值点 {0}（梯度在那里也为零）</translation>
    </message>
    <message>
        <source>a saddle point at {0}, where the gradient vanishes as well</source>
        <translation>鞍点 {0}（梯度在那里也为零）</translation>
    </message>
    <message>
        <source>a flat place at {0}</source>
        <translation>平坦处 {0}</translation>
    </message>
    <message>
        <source>Diverged: at step {0} the value {1} became {2}; the last finite point was ({3}, {4}).</source>
        <translation>发散：第 {0} 步 {1} 变为 {2}；最后一个有限的点是 ({3}, {4})。</translation>
    </message>
    <message>
        <source>None of the smaller learning rates tried went down either.</source>
        <translation>试过的更小的学习率也都没能下降。</translation>
    </message>
    <message>
        <source>With lr {0} the same start goes down: it was tried.</source>
        <translation>已经试过：学习率 lr 取 {0} 时，从同一起点可以下降。</translation>
    </message>
    <message>
        <source>‖∇f‖ is still {0}; the point is {1} away from {2}.</source>
        <translation>‖∇f‖ 仍为 {0}；该点距 {2} 还有 {1}。</translation>
    </message>
    <message>
        <source>‖∇f‖ is still {0}.</source>
        <translation>‖∇f‖ 仍为 {0}。</translation>
    </message>
</context>
<context>
    <name>ErrorBanner</name>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>错误的详细信息</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>{0} can&apos;t be read: {1}</source>
        <translation>无法读取 {0}：{1}</translation>
    </message>
    <message>
        <source>{0} is not a file of gradviz</source>
        <translation>{0} 不是 gradviz 的文件</translation>
    </message>
    <message>
        <source>{0} was written by a newer gradviz</source>
        <translation>{0} 由更新版本的 gradviz 写成</translation>
    </message>
    <message>
        <source>{0} is not there</source>
        <translation>找不到 {0}</translation>
    </message>
    <message>
        <source>{0} is not a session of gradviz</source>
        <translation>{0} 不是 gradviz 的会话文件</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>&lt;h3&gt;gradviz {0}&lt;/h3&gt;&lt;p&gt;See, drag and check gradients.&lt;/p&gt;&lt;p&gt;The mathematics is torch&apos;s own: its optimizers, its autograd.&lt;/p&gt;&lt;p&gt;MIT license.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;gradviz {0}&lt;/h3&gt;&lt;p&gt;看得见、拖得动、验得了的梯度。&lt;/p&gt;&lt;p&gt;数学计算全部出自 torch：它的优化器，它的自动求导。&lt;/p&gt;&lt;p&gt;MIT 许可证。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>HyperparameterForm</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>LastResort</name>
    <message>
        <source>Something went wrong, and the program goes on: {0}</source>
        <translation>出了点问题，程序继续运行：{0}</translation>
    </message>
</context>
<context>
    <name>LogModel</name>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
</context>
<context>
    <name>LogTable</name>
    <message>
        <source>Log: step, x and y after it, f before it</source>
        <translation>日志：步数，该步之后的 x 和 y，该步之前的 f</translation>
    </message>
    <message>
        <source>A line every so many steps</source>
        <translation>每隔多少步记一行</translation>
    </message>
    <message>
        <source>a line every</source>
        <translation>每隔</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步一行</translation>
    </message>
    <message>
        <source>As the course&apos;s script prints it: x and y after the step, f before it</source>
        <translation>与课程脚本的输出一致：x 和 y 取该步之后的值，f 取该步之前的值</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tabs</source>
        <translation>选项卡</translation>
    </message>
    <message>
        <source>Loading torch…</source>
        <translation>正在加载 torch…</translation>
    </message>
    <message>
        <source>Warming up the optimizers…</source>
        <translation>正在预热优化器…</translation>
    </message>
    <message>
        <source>Looking for devices…</source>
        <translation>正在查找设备…</translation>
    </message>
    <message>
        <source>torch is not there</source>
        <translation>没有 torch</translation>
    </message>
    <message>
        <source>torch can&apos;t be loaded, so nothing can run: {0}</source>
        <translation>无法加载 torch，因此什么都不能运行：{0}</translation>
    </message>
    <message>
        <source>There is no session before this one.</source>
        <translation>在此之前没有别的会话。</translation>
    </message>
    <message>
        <source>Open session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>{0} is there already. Replace it?</source>
        <translation>{0} 已存在，要替换吗？</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>已保存：{0}</translation>
    </message>
    <message>
        <source>gradviz sessions (*{0});;All files (*)</source>
        <translation>gradviz 会话 (*{0});;所有文件 (*)</translation>
    </message>
    <message>
        <source>{0} can&apos;t be written: {1}</source>
        <translation>无法写入 {0}：{1}</translation>
    </message>
    <message>
        <source>The settings can&apos;t be saved: {0}</source>
        <translation>无法保存设置：{0}</translation>
    </message>
    <message>
        <source>What this tab shows</source>
        <translation>本页说明</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About gradviz</source>
        <translation>关于 gradviz</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>is empty; {0}</source>
        <translation>为空；{0}</translation>
    </message>
    <message>
        <source>is not a number; {0}</source>
        <translation>不是数；{0}</translation>
    </message>
    <message>
        <source>must be finite; {0}</source>
        <translation>必须是有限的数；{0}</translation>
    </message>
    <message>
        <source>must be a whole number; {0}</source>
        <translation>必须是整数；{0}</translation>
    </message>
    <message>
        <source>is out of range; {0}</source>
        <translation>超出范围；{0}</translation>
    </message>
    <message>
        <source>allowed: any finite number, such as 0.05 or 1e-3</source>
        <translation>允许：任意有限的数，例如 0.05 或 1e-3</translation>
    </message>
    <message>
        <source>allowed: greater than {0}, up to {1}</source>
        <translation>允许：大于 {0}，不超过 {1}</translation>
    </message>
    <message>
        <source>allowed: {0} to {1}</source>
        <translation>允许：{0} 到 {1}</translation>
    </message>
</context>
<context>
    <name>NumbersPanel</name>
    <message>
        <source>f (log)</source>
        <translation>f (对数)</translation>
    </message>
    <message>
        <source>Loss against the step</source>
        <translation>损失随步数的变化</translation>
    </message>
    <message>
        <source>|∇f| (log)</source>
        <translation>|∇f| (对数)</translation>
    </message>
    <message>
        <source>Norm of the gradient against the step</source>
        <translation>梯度的范数随步数的变化</translation>
    </message>
    <message>
        <source>Log and gradient check</source>
        <translation>日志与梯度检验</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Gradient check</source>
        <translation>梯度检验</translation>
    </message>
    <message>
        <source>f − lowest (log)</source>
        <translation>f − 最小值 (对数)</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步数</translation>
    </message>
</context>
<context>
    <name>OptimizerPanel</name>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>The hyper-parameters appear when torch is loaded.</source>
        <translation>torch 加载完成后，这里会出现超参数。</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>The defaults of torch for this optimizer</source>
        <translation>torch 为这个优化器设定的默认值</translation>
    </message>
    <message>
        <source>There is no optimizer «{0}».</source>
        <translation>没有名为“{0}”的优化器。</translation>
    </message>
    <message>
        <source>Not taken from the session: {0}</source>
        <translation>未从会话中采用：{0}</translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大 (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>缩小 (−)</translation>
    </message>
    <message>
        <source>The whole map (0)</source>
        <translation>显示全图 (0)</translation>
    </message>
    <message>
        <source>Try lr {0}</source>
        <translation>试试 lr {0}</translation>
    </message>
    <message>
        <source>Move over the map to read f and ∇f</source>
        <translation>在图上移动鼠标，读取 f 和 ∇f</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>A part of the session can&apos;t be read and is left out: {0}</source>
        <translation>会话中有一部分无法读取，已略去：{0}</translation>
    </message>
</context>
<context>
    <name>SetupPanel</name>
    <message>
        <source>«{0}» is not there; {1} is used.</source>
        <translation>“{0}”不存在；改用 {1}。</translation>
    </message>
    <message>
        <source>{0} is not taken for «{1}».</source>
        <translation>“{1}”不接受 {0}。</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>目标函数</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>课程示例</translation>
    </message>
    <message>
        <source>The course&apos;s example: Adam, lr 1e-3, from (−4, 0), 20,000 steps</source>
        <translation>课程中的例子：Adam，lr 1e-3，从 (−4, 0) 出发，20,000 步</translation>
    </message>
    <message>
        <source>from ({0}, {1})</source>
        <translation>从 ({0}, {1}) 出发</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Start {0}</source>
        <translation>起点 {0}</translation>
    </message>
    <message>
        <source>Enter starts the descent from here</source>
        <translation>按回车键从这里开始下降</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Tolerance for ‖∇f‖</source>
        <translation>收敛容差 ‖∇f‖</translation>
    </message>
    <message>
        <source>Counts as converged once ‖∇f‖ has stayed under this for ten steps</source>
        <translation>‖∇f‖ 连续十步低于此值，即视为收敛</translation>
    </message>
    <message>
        <source>stop when ‖∇f‖ &lt;</source>
        <translation>收敛即停：‖∇f‖ &lt;</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Copy as PyTorch</source>
        <translation>复制为 PyTorch 代码</translation>
    </message>
    <message>
        <source>A script that runs by itself and ends at the same point</source>
        <translation>一个可以独立运行、终点与此相同的脚本</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>步数(&amp;S)</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Reset: back to the start, cleared (R)</source>
        <translation>重置：回到起点并清空 (R)</translation>
    </message>
    <message>
        <source>One step back (←)</source>
        <translation>后退一步 (←)</translation>
    </message>
    <message>
        <source>Run or pause (Space)</source>
        <translation>运行或暂停 (空格)</translation>
    </message>
    <message>
        <source>One step (→)</source>
        <translation>前进一步 (→)</translation>
    </message>
    <message>
        <source>Step shown</source>
        <translation>当前显示的步数</translation>
    </message>
    <message>
        <source>Speed, steps a second</source>
        <translation>速度 (步/秒)</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>{0} / s</source>
        <translation>{0} 步/秒</translation>
    </message>
</context>
<context>
    <name>catalogue</name>
    <message>
        <source>Himmelblau</source>
        <translation>Himmelblau 函数</translation>
    </message>
    <message>
        <source>A step of −lr·∇f: plain gradient descent.</source>
        <translation>每步走 −lr·∇f：最朴素的梯度下降。</translation>
    </message>
    <message>
        <source>A heavy ball: the step keeps a share of the last one and rolls through narrow valleys.</source>
        <translation>重球法：每一步保留上一步的一部分，像小球一样滚过狭窄的谷地。</translation>
    </message>
    <message>
        <source>Momentum that corrects itself by the gradient ahead of the ball.</source>
        <translation>带修正的动量：用小球前方一点的梯度来校正。</translation>
    </message>
    <message>
        <source>Divides each coordinate&apos;s step by the root of all its squared gradients so far.</source>
        <translation>每个坐标的步长除以该坐标历来梯度平方和的平方根。</translation>
    </message>
    <message>
        <source>Scales the step by the ratio of past steps to past gradients; needs hardly a learning rate.</source>
        <translation>按以往步长与以往梯度之比缩放每一步；几乎不需要学习率。</translation>
    </message>
    <message>
        <source>Divides by a running root mean square of the gradient, which forgets.</source>
        <translation>除以梯度的滑动均方根，旧的梯度会逐渐被遗忘。</translation>
    </message>
    <message>
        <source>Running mean of the gradient over the root of its running mean square, both unbiased. The course uses it.</source>
        <translation>梯度的滑动平均除以其滑动均方根，二者都作偏差修正。课程用的就是它。</translation>
    </message>
    <message>
        <source>Adam with the weight decay taken out of the gradient.</source>
        <translation>Adam，但权重衰减不再经过梯度，而是与之解耦。</translation>
    </message>
    <message>
        <source>Adam with the largest recent gradient in place of the mean square.</source>
        <translation>Adam，但用近期最大的梯度代替均方值。</translation>
    </message>
    <message>
        <source>Adam with Nesterov&apos;s look ahead.</source>
        <translation>Adam 加上 Nesterov 的前瞻。</translation>
    </message>
    <message>
        <source>Adam that waits with its scaling until the mean square is known well enough.</source>
        <translation>Adam，但等到均方值估计得足够准之后才开始缩放。</translation>
    </message>
    <message>
        <source>Looks only at the gradient&apos;s sign and keeps a step size for each coordinate.</source>
        <translation>只看梯度的符号，为每个坐标单独维护一个步长。</translation>
    </message>
    <message>
        <source>SGD that averages the points it has visited once t0 steps are done.</source>
        <translation>SGD，并在 t0 步之后对走过的点取平均。</translation>
    </message>
    <message>
        <source>Steps relative to the size of the parameters, clipped; made for little memory.</source>
        <translation>步长与参数的大小成比例并加以裁剪；为节省内存而设计。</translation>
    </message>
    <message>
        <source>Quasi-Newton: learns the curvature from past gradients, evaluates several times a step.</source>
        <translation>拟牛顿法：从以往的梯度中学习曲率，每步多次求值。</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open session…</source>
        <translation>打开会话(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save session…</source>
        <translation>保存会话(&amp;S)…</translation>
    </message>
    <message>
        <source>Back to the session &amp;before</source>
        <translation>回到上一个会话(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Copy as PyTorch</source>
        <translation>复制为 PyTorch 代码(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Presentation: larger type</source>
        <translation>演示模式：放大字号(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>Fold the &amp;left panel</source>
        <translation>折叠左侧面板(&amp;L)</translation>
    </message>
    <message>
        <source>Fold the &amp;right panel</source>
        <translation>折叠右侧面板(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>What this tab &amp;shows</source>
        <translation>本页说明(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About gradviz</source>
        <translation>关于 gradviz(&amp;A)</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Run or pause</source>
        <translation>运行或暂停</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>The first, the last recorded step</source>
        <translation>第一步，最后记录的一步</translation>
    </message>
    <message>
        <source>Reset: back to the start, cleared</source>
        <translation>重置：回到起点并清空</translation>
    </message>
    <message>
        <source>Cancel what runs; what was recorded stays</source>
        <translation>取消正在运行的下降；已记录的内容保留</translation>
    </message>
    <message>
        <source>Zoom in, zoom out, the whole map</source>
        <translation>放大，缩小，显示全图</translation>
    </message>
</context>
<context>
    <name>tabs</name>
    <message>
        <source>Descent</source>
        <translation>梯度下降</translation>
    </message>
</context>
</TS>
